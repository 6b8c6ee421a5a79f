namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>A drawn chart.</summary>
/// <param name="Png">The file.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Frames">Where the values of each panel are.</param>
public sealed record ChartImage(byte[] Png, ChartSize Size, IReadOnlyList<ChartFrame> Frames);
