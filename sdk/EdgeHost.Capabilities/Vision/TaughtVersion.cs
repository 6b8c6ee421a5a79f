using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What a training of a taught classifier made.</summary>
[WireMessage]
public sealed partial class TaughtVersion
{
    /// <summary>Its version: <c>1.0.0-local.N</c>, N from 1; each is given once.</summary>
    public required string Version { get; init; }

    /// <summary>What became of it.</summary>
    public required TaughtVersionState State { get; init; }

    /// <summary>The share of pictures that were judged rightly without having been learnt from, 0 to 1, by cross-validation in three parts.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Accuracy { get; init; }

    /// <summary>The same of what served when it was made, on the same pictures.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double BaselineAccuracy { get; init; }

    /// <summary>Pictures that it learnt from.</summary>
    [WireField(Minimum = 0)]
    public required int Examples { get; init; }

    /// <summary>When it was made, in milliseconds since 1970 UTC.</summary>
    public required long TrainedMs { get; init; }
}
