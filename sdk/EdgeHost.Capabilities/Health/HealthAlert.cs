using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>An alert. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class HealthAlert
{
    /// <summary>Its number, which grows: the app keeps it and asks for those after it.</summary>
    [WireField(Minimum = 1)]
    public required long Id { get; init; }

    /// <summary>The number of the first entry of the same alert: escalations and what became of it have it too.</summary>
    [WireField(Minimum = 1)]
    public required long Episode { get; init; }

    /// <summary>What happened.</summary>
    public required AlertEvent Event { get; init; }

    /// <summary>1 when it is first said, one more with each escalation.</summary>
    [WireField(Minimum = 1, Maximum = 10)]
    public required int Level { get; init; }

    /// <summary>Why it is not said now; absent where it is. Only with <see cref="AlertsRequest.Changes"/>.</summary>
    public AlertHold? Held { get; init; }

    /// <summary>When the host wrote this entry, in milliseconds since 1970 (UTC).</summary>
    public required long At { get; init; }

    /// <summary>Since when the values are beyond the limit, in milliseconds since 1970 (UTC).</summary>
    public required long Since { get; init; }

    /// <summary>When the reading was measured that the entry rests on.</summary>
    public required long Time { get; init; }

    /// <summary>The limit that held then, in the unit of the finding's first reading.</summary>
    public required double Limit { get; init; }

    /// <summary>What was found and what to do, with rule, guideline and reading.</summary>
    public required HealthFinding Finding { get; init; }
}
