namespace EdgeHost.Learning.Preprocessing;

/// <summary>An example on its way through the steps: one of these is there.</summary>
/// <param name="Text">A text, or null.</param>
/// <param name="Picture">A decoded picture, or null.</param>
/// <param name="Sound">The bytes of a sound's file; empty if it is none.</param>
/// <param name="Vector">A vector, or null.</param>
public sealed record PreparedSample(string? Text, Picture? Picture, ReadOnlyMemory<byte> Sound, float[]? Vector)
{
    /// <summary>Whether a step has given the picture its size, so that all are of the same.</summary>
    public bool IsScaled { get; init; }
}
