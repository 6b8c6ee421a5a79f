using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A classifier that an app taught.</summary>
[WireMessage]
public sealed partial class TaughtClassifierInfo
{
    /// <summary>Its name.</summary>
    public required string Classifier { get; init; }

    /// <summary>The version that serves: that of <see cref="Versions"/>, or <c>1.0.0-local.0</c> while the nearest mean of a class does.</summary>
    public required string Version { get; init; }

    /// <summary>The models whose vectors it compares, as id@version with + between them.</summary>
    public required string Model { get; init; }

    /// <summary>Its classes, by name.</summary>
    public required IReadOnlyList<TaughtLabel> Labels { get; init; }

    /// <summary>Whether a trained head judges; otherwise the nearest mean of a class does.</summary>
    public required bool IsTrained { get; init; }

    /// <summary>Whether it is still to be trained on pictures that were taught, which happens in the background.</summary>
    public required bool IsTraining { get; init; }

    /// <summary>The share of its pictures that are judged rightly by a head that did not learn from them, 0 to 1; absent until a head was trained.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Accuracy { get; init; }

    /// <summary>What trainings made, the newest first; the plugin's setting <c>teaching:max_versions</c> says how many are kept.</summary>
    public required IReadOnlyList<TaughtVersion> Versions { get; init; }
}
