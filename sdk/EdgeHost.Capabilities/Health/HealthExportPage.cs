using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A part of an export.</summary>
[WireMessage]
public sealed partial class HealthExportPage
{
    /// <summary>Samples, by type and time.</summary>
    public IReadOnlyList<ExportedSample> Samples { get; init; } = [];

    /// <summary>Waves, each before its parts.</summary>
    public IReadOnlyList<RecordedWave> Waves { get; init; } = [];

    /// <summary>The samples of waves, with their annotations.</summary>
    public IReadOnlyList<WavePart> WaveParts { get; init; } = [];

    /// <summary>Who did what, in order of time.</summary>
    public IReadOnlyList<HealthAccess> Accesses { get; init; } = [];
}
