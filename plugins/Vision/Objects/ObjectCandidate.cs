using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>A box as a network gives it, in pixels of its input.</summary>
/// <param name="Box">The box.</param>
/// <param name="Class">The number of its class, from 0.</param>
/// <param name="Score">How sure the network is, 0 to 1.</param>
internal readonly record struct ObjectCandidate(Bounds Box, int Class, float Score);
