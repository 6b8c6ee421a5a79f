using EdgeHost.Plugins.Health.Charts.Axes;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Where a panel's values are in the picture.</summary>
/// <param name="X">The chart's axis.</param>
/// <param name="Y">The panel's axis.</param>
/// <param name="Left">Left edge of the values' field, in points.</param>
/// <param name="Top">Its top edge.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its bottom edge.</param>
public sealed record ChartFrame(ChartAxis X, ChartAxis Y, float Left, float Top, float Right, float Bottom)
{
    /// <summary>Points from the left edge of the picture to a value of the chart's axis.</summary>
    public float ToX(double value) => (float)(Left + ((Right - Left) * ((value - X.From) / (X.To - X.From))));

    /// <summary>Points from the top edge of the picture to a value of the panel's axis.</summary>
    public float ToY(double value) => (float)(Bottom - ((Bottom - Top) * ((value - Y.From) / (Y.To - Y.From))));
}
