using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>How likely each tone is; together 1.</summary>
[WireMessage]
public sealed partial class SentimentScores
{
    /// <summary>Of a negative tone, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Negative { get; init; }

    /// <summary>Of a neutral one, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Neutral { get; init; }

    /// <summary>Of a positive one, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Positive { get; init; }
}
