using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>What a detector found in one frame.</summary>
/// <param name="Label">What it is; only things of one label are taken for the same.</param>
/// <param name="Confidence">How sure the detector is, 0 to 1.</param>
/// <param name="Box">Where it is, in pixels.</param>
internal readonly record struct Observation(string Label, float Confidence, Bounds Box);
