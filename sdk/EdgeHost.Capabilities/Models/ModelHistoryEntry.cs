using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A decision about a version.</summary>
[WireMessage]
public sealed partial class ModelHistoryEntry
{
    /// <summary>When, in milliseconds since 1970 UTC.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The app whose version it is; absent if it is for all.</summary>
    public string? App { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Where it was; absent for a new one.</summary>
    public VersionStage? From { get; init; }

    /// <summary>Where it went; the same where it stayed.</summary>
    public required VersionStage To { get; init; }

    /// <summary>Who decided: maker, gate, app or owner.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>What the decision rests on, a JSON object; absent where there were no figures.</summary>
    public string? Figures { get; init; }
}
