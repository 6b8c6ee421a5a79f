using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What is snoozed.</summary>
[WireMessage]
public sealed partial class SnoozeAlertsResponse
{
    /// <summary>The rules that the call has snoozed or woken.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Until when, in milliseconds since 1970 (UTC).</summary>
    public required long Until { get; init; }
}
