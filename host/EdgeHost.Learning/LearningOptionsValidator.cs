using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning;

/// <summary>Checks <see cref="LearningOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class LearningOptionsValidator : IValidateOptions<LearningOptions>
{
    public ValidateOptionsResult Validate(string? name, LearningOptions options) => new OptionProblems(LearningOptions.SectionName)
        .CheckRanges(options)
        .RequireFolder(options.Folder, nameof(options.Folder))
        .ToResult();
}
