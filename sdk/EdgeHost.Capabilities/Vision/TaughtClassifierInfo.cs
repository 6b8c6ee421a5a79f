using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A classifier that an app taught.</summary>
[WireMessage]
public sealed partial class TaughtClassifierInfo
{
    /// <summary>Its name.</summary>
    public required string Classifier { get; init; }

    /// <summary>Its version: another with every change.</summary>
    public required string Version { get; init; }

    /// <summary>The models whose vectors it compares, as id@version with + between them.</summary>
    public required string Model { get; init; }

    /// <summary>Its classes, by name.</summary>
    public required IReadOnlyList<TaughtLabel> Labels { get; init; }

    /// <summary>Whether a trained head judges; otherwise the nearest mean of a class does.</summary>
    public required bool IsTrained { get; init; }

    /// <summary>The share of its pictures that are judged rightly by a head that did not learn from them, 0 to 1; absent until a head was trained.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Accuracy { get; init; }
}
