namespace EdgeHost.Gateway.Models;

/// <summary>What programs call models, and what the host calls them.</summary>
internal static class ModelNames
{
    /// <summary>The name that leaves the choice to the host.</summary>
    public const string Default = "default";

    /// <summary>Tasks of models that this door offers.</summary>
    public static IReadOnlySet<string?> Tasks { get; } = new HashSet<string?>(StringComparer.Ordinal) { "text-generation", "text-embedding", "speech-recognition" };

    /// <summary>The host's id of a model; null, so that the host chooses, for no name and for <see cref="Default"/>.</summary>
    public static string? Resolve(string? name) => string.IsNullOrEmpty(name) || name == Default ? null : name;
}
