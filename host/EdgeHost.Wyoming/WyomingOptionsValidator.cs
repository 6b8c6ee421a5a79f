using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Wyoming;

/// <summary>Checks <see cref="WyomingOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class WyomingOptionsValidator : IValidateOptions<WyomingOptions>
{
    public ValidateOptionsResult Validate(string? name, WyomingOptions options)
    {
        List<string> problems =
        [
            .. from property in typeof(WyomingOptions).GetProperties()
               let range = property.GetCustomAttribute<RangeAttribute>()
               where range is not null && !range.IsValid(property.GetValue(options))
               select $"{WyomingOptions.SectionName}:{property.Name} is {property.GetValue(options)}; allowed are {range.Minimum} to {range.Maximum}.",
        ];
        if (!IPAddress.TryParse(options.Address, out _)) problems.Add($"{WyomingOptions.SectionName}:{nameof(options.Address)} is '{options.Address}', which is no IP address; 127.0.0.1 is this machine alone, 0.0.0.0 every network.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
