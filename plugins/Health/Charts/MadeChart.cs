namespace EdgeHost.Plugins.Health.Charts;

/// <summary>A chart with what is said of it in words.</summary>
/// <param name="Chart">What is drawn.</param>
/// <param name="Readings">Readings that it shows.</param>
/// <param name="Values">From where to where the values go.</param>
/// <param name="Line">What its main line goes through, in order.</param>
internal sealed record MadeChart(Chart Chart, int Readings, string Values, IReadOnlyList<ChartPoint> Line);
