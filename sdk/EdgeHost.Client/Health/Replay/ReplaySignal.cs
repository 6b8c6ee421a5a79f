using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health.Replay;

/// <summary>A recorded signal: frames of an even rate, or each with its time. Immutable as long as the memory it was made of is.</summary>
public sealed class ReplaySignal
{
    private readonly IReadOnlyList<double>? _timesMs;

    private ReplaySignal(ReadOnlyMemory<float> samples, int channels, double? rateHz, IReadOnlyList<double>? timesMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (samples.Length % channels != 0) throw new ArgumentException($"{samples.Length} samples are no whole frames of {channels} channels.", nameof(samples));
        (Samples, Channels, RateHz, _timesMs) = (samples, channels, rateHz, timesMs);
        Frames = samples.Length / channels;
        if (timesMs is not null && timesMs.Count != Frames) throw new ArgumentException($"There are {timesMs.Count} times for {Frames} frames.", nameof(timesMs));
    }

    /// <summary>Makes a signal of an even rate.</summary>
    /// <param name="samples">The samples, the channels of a frame beside each other; not copied.</param>
    /// <param name="rateHz">Frames a second, more than 0.</param>
    /// <param name="channels">Values of a frame.</param>
    /// <exception cref="ArgumentException">The samples are no whole frames, or the rate is not positive.</exception>
    public static ReplaySignal OfRate(ReadOnlyMemory<float> samples, double rateHz, int channels = 1)
        => rateHz > 0 && double.IsFinite(rateHz) ? new(samples, channels, rateHz, null) : throw new ArgumentOutOfRangeException(nameof(rateHz), rateHz, "The rate must be more than 0.");

    /// <summary>Makes a signal whose frames have times.</summary>
    /// <param name="samples">The samples, the channels of a frame beside each other; not copied.</param>
    /// <param name="timesMs">The time of each frame in milliseconds; ascending.</param>
    /// <param name="channels">Values of a frame.</param>
    /// <exception cref="ArgumentException">The samples are no whole frames, or there is not one time for each.</exception>
    public static ReplaySignal OfTimes(ReadOnlyMemory<float> samples, IReadOnlyList<double> timesMs, int channels = 1)
    {
        ArgumentNullException.ThrowIfNull(timesMs);
        return new(samples, channels, null, timesMs);
    }

    /// <summary>The samples.</summary>
    public ReadOnlyMemory<float> Samples { get; }

    /// <summary>Values of a frame.</summary>
    public int Channels { get; }

    /// <summary>Frames a second, or null where each frame has its time.</summary>
    public double? RateHz { get; }

    /// <summary>How many frames it has.</summary>
    public int Frames { get; }

    /// <summary>The time of a frame since the first one.</summary>
    internal TimeSpan TimeOf(int frame) => TimeSpan.FromMilliseconds(RateHz is { } rate ? frame * 1000 / rate : _timesMs![frame] - _timesMs[0]);

    /// <summary>Frames as they are pushed.</summary>
    internal SignalChunk Chunk(int first, int count) => new()
    {
        Signal = new HealthSignal(Samples.Slice(first * Channels, count * Channels)),
        TimesMs = _timesMs is null ? null : [.. Enumerable.Range(first, count).Select(i => _timesMs[i])],
    };
}
