using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Something the host decided, and why.</summary>
[WireMessage]
public sealed partial class DecisionEntry
{
    /// <summary>Its number since the host started, from 1.</summary>
    [WireField(Minimum = 1)]
    public required long Number { get; init; }

    /// <summary>When, in milliseconds since 1970, UTC.</summary>
    public required long TimeMs { get; init; }

    /// <summary>What.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>What it is about: a model as id@version, or a device's id.</summary>
    public required string Subject { get; init; }

    /// <summary>On whose account; absent for the host's own.</summary>
    public string? App { get; init; }

    /// <summary>What and why, for a person.</summary>
    public required string Text { get; init; }
}
