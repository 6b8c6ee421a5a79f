using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>An alert. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class HealthAlert
{
    /// <summary>Its number, which grows: the app keeps it and asks for those after it.</summary>
    [WireField(Minimum = 1)]
    public required long Id { get; init; }

    /// <summary>Since when the values are beyond the limit, in milliseconds since 1970 (UTC).</summary>
    public required long Since { get; init; }

    /// <summary>When the reading was measured that raised it.</summary>
    public required long Time { get; init; }

    /// <summary>The limit, in the unit of the finding's reading.</summary>
    public required double Limit { get; init; }

    /// <summary>What was found and what to do, with rule, guideline and reading.</summary>
    public required HealthFinding Finding { get; init; }
}
