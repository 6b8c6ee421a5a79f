using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Pictures;

/// <summary>Checks <see cref="PictureOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class PictureOptionsValidator : IValidateOptions<PictureOptions>
{
    private static readonly (PropertyInfo Property, RangeAttribute Range)[] Ranges =
    [
        .. from property in typeof(PictureOptions).GetProperties()
           let range = property.GetCustomAttribute<RangeAttribute>()
           where range is not null
           select (property, range),
    ];

    public ValidateOptionsResult Validate(string? name, PictureOptions options)
    {
        List<string> problems =
        [
            .. from entry in Ranges
               let value = entry.Property.GetValue(options)
               where !entry.Range.IsValid(value)
               select $"{PictureOptions.SectionName}:{entry.Property.Name} is {value}; allowed are {entry.Range.Minimum} to {entry.Range.Maximum}.",
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
