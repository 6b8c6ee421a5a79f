using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment;

/// <summary>Checks <see cref="DeploymentOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class DeploymentOptionsValidator : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options) => new OptionProblems(DeploymentOptions.SectionName)
        .CheckRanges(options)
        .CheckRanges(options.Gate, nameof(options.Gate))
        .RequireFolder(options.Folder, nameof(options.Folder))
        .ToResult();
}
