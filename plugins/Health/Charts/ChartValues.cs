using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A chart's line as numbers.</summary>
internal static class ChartValues
{
    /// <summary>The values, or the means of equal stretches of time where there are more than wanted; stretches without values are left out.</summary>
    /// <param name="line">In order of time.</param>
    /// <param name="most">How many are wanted at most, 0 or more.</param>
    public static IReadOnlyList<HealthChartPoint> Of(IReadOnlyList<ChartPoint> line, int most)
    {
        if (most == 0 || line.Count == 0) return [];
        if (line.Count <= most) return [.. line.Select(static point => new HealthChartPoint { Time = point.X, Value = point.Y })];
        var (start, length) = (line[0].X, (line[^1].X - line[0].X) / most);
        return
        [
            .. line.GroupBy(point => length > 0 ? Math.Min((int)((point.X - start) / length), most - 1) : 0)
                .Select(static stretch => new HealthChartPoint { Time = stretch.Average(static point => point.X), Value = stretch.Average(static point => point.Y) }),
        ];
    }
}
