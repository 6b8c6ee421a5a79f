using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>A part of a wave that was asked for.</summary>
/// <param name="Wave">What it is.</param>
/// <param name="First">The first sample.</param>
/// <param name="End">The sample after the last one.</param>
/// <param name="Annotations">The annotations within, by their samples.</param>
internal sealed record WaveExcerpt(RecordedWave Wave, long First, long End, IReadOnlyList<WaveAnnotation> Annotations)
{
    /// <summary>How many samples it has.</summary>
    public long Length => End - First;
}
