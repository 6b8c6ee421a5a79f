using EdgeHost.Deployment.Gates;

namespace EdgeHost.Deployment.Versions;

/// <summary>A version as it was when it was read. Immutable.</summary>
public sealed record ModelVersion
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>For whom it is.</summary>
    public required VersionScope Scope { get; init; }

    /// <summary>Its version, unique among all versions of the model on this device whatever their scope.</summary>
    public required string Version { get; init; }

    /// <summary>Where it is on its way.</summary>
    public required VersionState State { get; init; }

    /// <summary>Why it is there, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>The shipped version that was there when it was made; null for an app's own model. With another shipped version it does not serve.</summary>
    public string? Base { get; init; }

    /// <summary>The version that served when it was added; null if there was none.</summary>
    public string? Parent { get; init; }

    /// <summary>The version that it took over from, which a rollback goes back to; null for the shipped one, or none.</summary>
    public string? Replaced { get; init; }

    /// <summary>Where it comes from, a JSON object as it was given.</summary>
    public required string Lineage { get; init; }

    /// <summary>What it must show before it serves; null for the host's rule.</summary>
    public GateRule? Gate { get; init; }

    /// <summary>SHA-256 of its graph in lower-case hex.</summary>
    public required string GraphSha256 { get; init; }

    /// <summary>Bytes of its files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether its files are still there; a version without them can only be read about.</summary>
    public required bool HasFiles { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>When its state changed last.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>Until when the host watches it after it took over; null where it does not.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <summary>Its row.</summary>
    internal long Id { get; init; }

    /// <summary>The folder of its files, below that of all.</summary>
    internal string Folder { get; init; } = string.Empty;

    /// <summary>What its trial has shown when that was last written; null for nothing.</summary>
    internal string? Trial { get; init; }

    /// <summary><c>id@version</c>.</summary>
    internal string Name => $"{Model}@{Version}";

    /// <summary>Whether it is tried: in shadow or as a canary.</summary>
    internal bool IsCandidate => State is VersionState.Shadow or VersionState.Canary;
}
