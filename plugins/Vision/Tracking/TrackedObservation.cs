namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>Something found in a frame, and what it is called from frame to frame.</summary>
/// <param name="Track">Its number: 1 for the first thing of a stream, never used again.</param>
/// <param name="Found">What the detector found.</param>
/// <param name="Age">Frames since it was first seen, this one not counted.</param>
internal readonly record struct TrackedObservation(long Track, Observation Found, long Age);
