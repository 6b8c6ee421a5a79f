using System.Text.Json.Serialization;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What happened to an alert, as it is kept. Immutable.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="FirstId">The number of the alert's first entry; 0 in the first one itself.</param>
/// <param name="Level">How often it was said.</param>
/// <param name="Held">Why it is not said, or null.</param>
/// <param name="At">When it was written, in milliseconds since 1970 (UTC).</param>
/// <param name="Since">Since when the values are beyond the limit.</param>
/// <param name="Time">When the reading was measured that it rests on.</param>
/// <param name="Limit">The limit that held then.</param>
/// <param name="Readings">The values that it rests on, the one that the rule looks at first.</param>
internal sealed record AlertEntry(
    AlertEvent Event, string Rule, long FirstId, int Level, AlertHold? Held, long At, long Since, long Time, double Limit, IReadOnlyList<AlertReading> Readings)
{
    /// <summary>Its number, which grows; 0 before it is kept.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The number of the alert's first entry.</summary>
    [JsonIgnore]
    public long Episode => FirstId == 0 ? Id : FirstId;

    /// <summary>Whether people are to hear of it now.</summary>
    [JsonIgnore]
    public bool IsSaid => Held is null && Event is (AlertEvent.Raised or AlertEvent.Escalated);
}
