using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A value of a sensor that has no reading.</summary>
[WireMessage]
public sealed partial class SkippedNotification
{
    /// <summary>Its place among what was given, from 0.</summary>
    [WireField(Minimum = 0)]
    public required int Index { get; init; }

    /// <summary>Why: <c>no_value</c>, <c>no_contact</c>, <c>fault</c>, <c>no_person</c> (a control solution, a test), <c>no_time</c> or <c>other_user</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Text { get; init; }
}
