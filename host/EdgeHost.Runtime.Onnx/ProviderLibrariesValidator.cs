using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx;

/// <summary>Checks what attributes cannot: names that are unique and paths that are absolute.</summary>
internal sealed class ProviderLibrariesValidator : IValidateOptions<OnnxEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, OnnxEngineOptions options)
    {
        if (options.PreparedFolder is { } folder && !Path.IsPathFullyQualified(folder))
        {
            return ValidateOptionsResult.Fail($"PreparedFolder: the path '{folder}' must be absolute.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var library in options.ProviderLibraries)
        {
            if (string.IsNullOrWhiteSpace(library.Name) || !names.Add(library.Name))
            {
                return ValidateOptionsResult.Fail($"ProviderLibraries: the name '{library.Name}' is empty or used twice.");
            }

            if (!Path.IsPathFullyQualified(library.Path))
            {
                return ValidateOptionsResult.Fail($"ProviderLibraries: the path of '{library.Name}' must be absolute.");
            }

            if (library.Concurrency is < 1 or > OnnxProviderLibrary.MaximumConcurrency)
            {
                return ValidateOptionsResult.Fail(
                    $"ProviderLibraries: the concurrency of '{library.Name}' must be 1 to {OnnxProviderLibrary.MaximumConcurrency}, not {library.Concurrency}.");
            }
        }

        return ValidateOptionsResult.Success;
    }
}
