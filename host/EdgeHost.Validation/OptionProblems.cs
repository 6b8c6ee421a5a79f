using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Validation;

/// <summary>Gathers what is wrong with one section of options, so that its owner hears of everything at once. Not thread-safe; make one a check.</summary>
/// <param name="section">The section's name in the configuration, such as <c>Jobs</c>; problems begin with it.</param>
public sealed class OptionProblems(string section)
{
    private readonly List<string> _problems = [];

    /// <summary>Checks every property with a <see cref="RangeAttribute"/> against it.</summary>
    /// <param name="options">The options; properties of theirs that are options again are not looked into.</param>
    /// <param name="subsection">Where these options are within the section, or null where they are the section.</param>
    /// <returns>This.</returns>
    public OptionProblems CheckRanges(object options, string? subsection = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = subsection is null ? section : $"{section}:{subsection}";
        foreach (var property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range) continue;
            var value = property.GetValue(options);
            if (!range.IsValid(value)) _problems.Add($"{path}:{property.Name} is {value}; allowed are {range.Minimum} to {range.Maximum}.");
        }

        return this;
    }

    /// <summary>Notes a problem unless something holds.</summary>
    /// <param name="holds">Whether the option is as it must be.</param>
    /// <param name="option">The option's name.</param>
    /// <param name="problem">What is wrong, which goes on after the option's name.</param>
    /// <returns>This.</returns>
    public OptionProblems Require(bool holds, string option, string problem)
    {
        if (!holds) _problems.Add($"{section}:{option} {problem}");
        return this;
    }

    /// <summary>Notes a problem unless a folder is named.</summary>
    /// <param name="folder">The option's value.</param>
    /// <param name="option">The option's name.</param>
    /// <returns>This.</returns>
    public OptionProblems RequireFolder(string? folder, string option) => Require(!string.IsNullOrWhiteSpace(folder), option, "must name a folder.");

    /// <summary>The answer of a validator: success, or all problems in the order in which they were found.</summary>
    /// <returns>The result.</returns>
    public ValidateOptionsResult ToResult() => _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);
}
