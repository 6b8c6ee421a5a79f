using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What was learnt.</summary>
[WireMessage]
public sealed partial class TeachKeywordResponse
{
    /// <summary>Its id.</summary>
    public required string Keyword { get; init; }

    /// <summary>The version of its model.</summary>
    public required string Version { get; init; }

    /// <summary>From which score it counts from now on, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Threshold { get; init; }

    /// <summary>How often it is expected to be heard where it was not said, measured on speech that was not learnt from.</summary>
    [WireField(Minimum = 0)]
    public required double FalseAlarmsPerHour { get; init; }

    /// <summary>How many hours of such speech that was measured on.</summary>
    [WireField(Minimum = 0)]
    public required double NegativeHours { get; init; }

    /// <summary>Share of recordings that were left out of the learning in turn and heard, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double HitShare { get; init; }

    /// <summary>How many recordings and spoken copies it was learnt from.</summary>
    [WireField(Minimum = 0)]
    public required int Recordings { get; init; }
}
