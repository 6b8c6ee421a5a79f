using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What is usual for a person: of the fourteen days before, at least seven.</summary>
[WireMessage]
public sealed partial class HealthBaseline
{
    /// <summary>The middle of the days' values.</summary>
    public required double Median { get; init; }

    /// <summary>1.4826 times their median absolute deviation.</summary>
    public required double Deviation { get; init; }

    /// <summary>Days that it is of.</summary>
    public required int Days { get; init; }
}
