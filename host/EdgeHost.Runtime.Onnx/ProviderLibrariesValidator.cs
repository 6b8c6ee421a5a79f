using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx;

/// <summary>Checks what attributes cannot: names that are unique and paths that are absolute.</summary>
internal sealed class ProviderLibrariesValidator : IValidateOptions<OnnxEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, OnnxEngineOptions options)
    {
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
        }

        return ValidateOptionsResult.Success;
    }
}
