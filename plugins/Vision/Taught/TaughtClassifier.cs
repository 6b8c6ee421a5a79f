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

    /// <summary>The head that was trained on its labels and is good enough to serve; null: the nearest mean serves.</summary>
    public LinearHead? Head { get; init; }

    /// <summary>The share of pictures that the head that serves judged rightly without having learnt from them; null: nothing was trained yet.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Its version.</summary>
    public string Version => $"1.0.0-local.{Number}";

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
        Accuracy = Accuracy is { } accuracy ? Math.Round(accuracy, 4) : null,
    };
}
