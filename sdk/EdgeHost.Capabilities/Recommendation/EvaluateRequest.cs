using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Measures the models on the catalogue's own events: a part of each user's items is held out, and each kind is chosen, built and measured without it. Takes as long as some builds.</summary>
[WireMessage]
public sealed partial class EvaluateRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>What is held out: <c>newest</c> (if absent), <c>random</c>, or <c>mixed</c>: half in either manner.</summary>
    [WireField(MaxLength = 16)]
    public string? HoldOut { get; init; }

    /// <summary>How much is held out; 0.25 if absent.</summary>
    [WireField(Minimum = 0.01, Maximum = 0.9)]
    public double? Share { get; init; }

    /// <summary>The length of the lists; 10 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int? Count { get; init; }

    /// <summary>Of what is random; 1 if absent.</summary>
    public long? Seed { get; init; }

    /// <summary>Kinds to measure besides the blend; all if absent, none if empty.</summary>
    public IReadOnlyList<string>? Models { get; init; }
}
