using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EdgeHost.Deployment.Gates;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment;

/// <summary>Checks <see cref="DeploymentOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class DeploymentOptionsValidator : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options)
    {
        List<string> problems =
        [
            .. Problems(DeploymentOptions.SectionName, typeof(DeploymentOptions).GetProperties(), options),
            .. Problems($"{DeploymentOptions.SectionName}:{nameof(options.Gate)}", typeof(GateOptions).GetProperties(), options.Gate),
        ];
        if (string.IsNullOrWhiteSpace(options.Folder)) problems.Add($"{DeploymentOptions.SectionName}:{nameof(options.Folder)} must name a folder.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string section, PropertyInfo[] properties, object options)
        => from property in properties
           let range = property.GetCustomAttribute<RangeAttribute>()
           where range is not null
           let value = property.GetValue(options)
           where !range.IsValid(value)
           select $"{section}:{property.Name} is {value}; allowed are {range.Minimum} to {range.Maximum}.";
}
