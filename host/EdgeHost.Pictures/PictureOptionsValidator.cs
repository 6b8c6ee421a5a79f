using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Pictures;

/// <summary>Checks <see cref="PictureOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class PictureOptionsValidator : IValidateOptions<PictureOptions>
{
    public ValidateOptionsResult Validate(string? name, PictureOptions options) => new OptionProblems(PictureOptions.SectionName)
        .CheckRanges(options)
        .ToResult();
}
