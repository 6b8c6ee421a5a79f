using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelImport;

/// <summary>Checks <see cref="ModelImportOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class ModelImportOptionsValidator : IValidateOptions<ModelImportOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelImportOptions options) => new OptionProblems(ModelImportOptions.Section)
        .CheckRanges(options)
        .ToResult();
}
