namespace EdgeHost.Host.Curves;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Its points, by growing x.</param>
internal sealed record CurveSeries(string Name, IReadOnlyList<(double X, double Y)> Points);
