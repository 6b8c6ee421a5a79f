using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A line of the record of who did what with a person's data.</summary>
[WireMessage]
public sealed partial class HealthAccess
{
    /// <summary>When, in milliseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>The app.</summary>
    public required string App { get; init; }

    /// <summary>What it called.</summary>
    public required string Method { get; init; }

    /// <summary>The types that it wrote, or that it asked for; empty where an older version did not note them.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>How many samples it wrote or read.</summary>
    public required long Samples { get; init; }
}
