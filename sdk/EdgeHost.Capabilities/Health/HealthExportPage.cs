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

    /// <summary>What the person has chosen of alerts: all rules as they hold with their personal limits, snoozes that are over too, quiet hours. In one page, and in none where nothing was ever chosen.</summary>
    public HealthAlertSettings? AlertSettings { get; init; }

    /// <summary>What happened to alerts, in the order in which it did: raised, said again, acknowledged, over, and what was held back.</summary>
    public IReadOnlyList<HealthAlert> Alerts { get; init; } = [];

    /// <summary>Who did what, in order of time.</summary>
    public IReadOnlyList<HealthAccess> Accesses { get; init; } = [];
}
