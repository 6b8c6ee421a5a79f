using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A part of a chart with a value axis of its own. Immutable.</summary>
public sealed class ChartPanel
{
    /// <summary>The values.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>What is drawn, the later over the earlier.</summary>
    public required IReadOnlyList<ChartLayer> Layers { get; init; }

    /// <summary>The paper behind it; null: lines at the ticks.</summary>
    public PaperGrid? Paper { get; init; }

    /// <summary>Its share of the height against the other panels', above 0.</summary>
    public double Weight { get; init; } = 1;
}
