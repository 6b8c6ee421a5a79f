using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs;

/// <summary>Checks <see cref="JobOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class JobOptionsValidator : IValidateOptions<JobOptions>
{
    private static readonly (PropertyInfo Property, RangeAttribute Range)[] Ranges =
    [
        .. from property in typeof(JobOptions).GetProperties()
           let range = property.GetCustomAttribute<RangeAttribute>()
           where range is not null
           select (property, range),
    ];

    public ValidateOptionsResult Validate(string? name, JobOptions options)
    {
        List<string> problems =
        [
            .. from entry in Ranges
               let value = entry.Property.GetValue(options)
               where !entry.Range.IsValid(value)
               select $"{JobOptions.SectionName}:{entry.Property.Name} is {value}; allowed are {entry.Range.Minimum} to {entry.Range.Maximum}.",
        ];
        if (string.IsNullOrWhiteSpace(options.Folder)) problems.Add($"{JobOptions.SectionName}:{nameof(options.Folder)} must name a folder.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
