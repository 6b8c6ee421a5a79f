using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs;

/// <summary>Checks <see cref="JobOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class JobOptionsValidator : IValidateOptions<JobOptions>
{
    public ValidateOptionsResult Validate(string? name, JobOptions options) => new OptionProblems(JobOptions.SectionName)
        .CheckRanges(options)
        .RequireFolder(options.Folder, nameof(options.Folder))
        .ToResult();
}
