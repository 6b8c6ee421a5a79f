using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A wave that is kept: what it is, without its samples.</summary>
[WireMessage]
public sealed partial class RecordedWave
{
    /// <summary>Its number.</summary>
    [WireField(Minimum = 1)]
    public required long Id { get; init; }

    /// <summary>What it is of.</summary>
    public required WaveKind Kind { get; init; }

    /// <summary>When it starts, in milliseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>The person's time zone then, in minutes east of UTC.</summary>
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>Samples a second.</summary>
    public required double SampleRateHz { get; init; }

    /// <summary>How many samples it has.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }

    /// <summary>The samples' unit: <c>mV</c> of an ECG, whatever the sensor has of a pulse signal.</summary>
    public required string Unit { get; init; }

    /// <summary>The name of the lead or of the sensor, as the record has it.</summary>
    public required string Name { get; init; }

    /// <summary>What measured it.</summary>
    public required string Source { get; init; }

    /// <summary>How many annotations came with it; <c>health.read_wave</c> gives them with the samples.</summary>
    [WireField(Minimum = 0)]
    public required int Annotations { get; init; }
}
