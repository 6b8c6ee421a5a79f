using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Taught.Heads;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>What a training made of a classifier's pictures. Immutable.</summary>
internal sealed record HeadVersion
{
    /// <summary>Its number, from 1; each is given once.</summary>
    public required int Number { get; init; }

    /// <summary>The change of the classifier up to which its pictures were learnt from.</summary>
    public required int Until { get; init; }

    /// <summary>How many these were.</summary>
    public required int Examples { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Trained { get; init; }

    /// <summary>The share of pictures that were judged rightly without having been learnt from, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The same of what served then.</summary>
    public required double BaselineAccuracy { get; init; }

    /// <summary>The head; null: it was less often right than what served, and is not kept.</summary>
    public LinearHead? Head { get; init; }

    /// <summary>Whether it served until somebody went back.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>A version as models are called.</summary>
    /// <param name="number">Its number; 0 for the nearest mean, which no training made.</param>
    public static string NameOf(int number) => $"1.0.0-local.{number}";

    /// <summary>It as apps see it.</summary>
    /// <param name="isServing">Whether it serves.</param>
    public TaughtVersion ToWire(bool isServing) => new()
    {
        Version = NameOf(Number),
        State = isServing ? TaughtVersionState.Serving : Head is null ? TaughtVersionState.Rejected : IsRolledBack ? TaughtVersionState.RolledBack : TaughtVersionState.Kept,
        Accuracy = Math.Round(Accuracy, 4),
        BaselineAccuracy = Math.Round(BaselineAccuracy, 4),
        Examples = Examples,
        TrainedMs = Trained.ToUnixTimeMilliseconds(),
    };
}
