using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>One object.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Confidence">How sure the network is, 0 to 1.</param>
/// <param name="Box">Where it is, in pixels of the full upright picture.</param>
internal sealed record FoundObject(string Label, float Confidence, Bounds Box);
