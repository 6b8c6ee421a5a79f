using EdgeHost.Plugins.Health.Charts.Axes;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>What a chart shows. Immutable.</summary>
public sealed class Chart
{
    /// <summary>What it is of, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Of when, and how much it rests on.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The axis that all panels share.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>Panels from the top down, at least one.</summary>
    public required IReadOnlyList<ChartPanel> Panels { get; init; }
}
