using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Taught.Heads;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>A classifier that an app taught. Immutable.</summary>
internal sealed record TaughtClassifier
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How often it changed, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The models that made its vectors, as id@version with + between them.</summary>
    public required string Encoder { get; init; }

    /// <summary>Its pictures, in the order in which they were taught; at least one.</summary>
    public required IReadOnlyList<TaughtExample> Examples { get; init; }

    /// <summary>What trainings made, the oldest first.</summary>
    public IReadOnlyList<HeadVersion> Versions { get; init; } = [];

    /// <summary>How many versions were made, those that are not kept any more included.</summary>
    public int LastVersion { get; init; }

    /// <summary>The number of the version that serves; 0: the nearest mean does.</summary>
    public int Serving { get; init; }

    /// <summary>The share of pictures that the nearest mean judged rightly without having seen them, in the last training; null: nothing was trained yet.</summary>
    public double? MeansAccuracy { get; init; }

    /// <summary>Whether it is to be trained on what was taught since the last training.</summary>
    public bool IsPending { get; init; }

    /// <summary>The head that serves; null: the nearest mean does.</summary>
    public LinearHead? Head => Served?.Head;

    /// <summary>The share of pictures that what serves judged rightly without having learnt from them; null: nothing was trained yet.</summary>
    public double? Accuracy => Served?.Accuracy ?? MeansAccuracy;

    /// <summary>The version that serves.</summary>
    public string Version => HeadVersion.NameOf(Serving);

    /// <summary>The version that serves, or null.</summary>
    public HeadVersion? Served => Versions.FirstOrDefault(version => version.Number == Serving);

    /// <summary>Its classes, by name.</summary>
    public IReadOnlyList<string> Labels => [.. Examples.Select(static example => example.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>It as apps see it.</summary>
    public TaughtClassifierInfo ToInfo() => new()
    {
        Classifier = Name,
        Version = Version,
        Model = Encoder,
        Labels = [.. Labels.Select(label => new TaughtLabel(label, Examples.Count(example => example.Label == label)))],
        IsTrained = Head is not null,
        IsTraining = IsPending && HeadTrainer.IsReady(this),
        Accuracy = Accuracy is { } accuracy ? Math.Round(accuracy, 4) : null,
        Versions = [.. Versions.Reverse().Select(version => version.ToWire(version.Number == Serving))],
    };

    /// <summary>It with what a training made. What is best serves, the new version where it is no worse than the others.</summary>
    /// <param name="trial">What the training made.</param>
    /// <param name="now">When.</param>
    /// <param name="mostVersions">Versions to keep: the oldest that do not serve go.</param>
    public TaughtClassifier With(HeadTrial trial, DateTimeOffset now, int mostVersions)
    {
        var made = new HeadVersion
        {
            Number = LastVersion + 1,
            Until = Number,
            Examples = Examples.Count,
            Trained = now,
            Accuracy = trial.Accuracy,
            BaselineAccuracy = trial.ServingAccuracy ?? trial.MeansAccuracy,
            Head = trial.Head,
        };
        var serving = trial.Head is not null ? made.Number : trial.ServingAccuracy >= trial.MeansAccuracy ? Serving : 0;
        var versions = Versions.Append(made).ToList();
        while (versions.Count > mostVersions) versions.Remove(versions.First(version => version.Number != serving));
        return this with { Versions = versions, LastVersion = made.Number, Serving = serving, MeansAccuracy = trial.MeansAccuracy, IsPending = false };
    }

    /// <summary>It with the version before the one that serves, or the nearest mean before all of them; null: nothing is before.</summary>
    public TaughtClassifier? RolledBack()
    {
        if (Served is not { } served) return null;
        var labels = Labels;
        var before = Versions.LastOrDefault(version => version.Number < served.Number && !version.IsRolledBack && version.Head is { } head && labels.All(head.Labels.Contains));
        return this with { Versions = [.. Versions.Select(version => version == served ? version with { IsRolledBack = true } : version)], Serving = before?.Number ?? 0 };
    }

    /// <summary>It without a class, and without all heads that know it; at least one other class must be left.</summary>
    /// <param name="label">The class.</param>
    public TaughtClassifier Without(string label)
    {
        HeadVersion[] versions = [.. Versions.Where(version => version.Head?.Labels.Contains(label) != true)];
        return this with
        {
            Examples = [.. Examples.Where(example => example.Label != label)],
            Versions = versions,
            Serving = versions.Any(version => version.Number == Serving) ? Serving : 0,
            MeansAccuracy = null,

            // What was worth a training is worth one without the class.
            IsPending = IsPending || Versions.Count > 0,
        };
    }
}
