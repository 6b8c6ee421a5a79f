using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>
/// Finds pulses in frames of one to four channels (a sensor's light, or the red, green and blue of a camera) that come one by one at even or uneven times. Every five seconds it looks at the
/// last twenty, takes the channel whose spectrum is most peaked, and the steepest point of each upstroke around the dominant rate. Bounded memory; not thread-safe; no clock.
/// It is made for a finger at rest: while a wrist moves, steps look like pulses.
/// </summary>
public sealed class PpgMonitor
{
    /// <summary>The most channels of a frame.</summary>
    public const int MostChannels = 4;

    private const double Rate = FrameResampler.RateHz;
    private const int Window = (int)(20 * Rate);
    private const int Hop = (int)(5 * Rate);
    private const int Margin = (int)(3 * Rate);
    private const double BreakMs = 2000;

    private const double GoodLikeness = 0.9;
    private const double FairLikeness = 0.75;
    private const double LeastPeakedness = 0.35;
    private const double GoodPeakedness = 0.5;

    private readonly int _channels;
    private readonly IPpgObserver _observer;
    private readonly SampleRing[] _rings;
    private readonly SampleRing _missing = new(2 * Window);
    private readonly float[] _window = new float[Window];
    private readonly PulseLeveller _leveller = new();
    private readonly RecentValues _intervals = new(8);
    private FrameResampler _resampler;
    private double _lastTime = double.NegativeInfinity;
    private double _lastPulse = double.NaN;
    private long _said;
    private int? _channel;
    private bool? _falling;
    private double _rate;
    private SignalQuality _latest = SignalQuality.None;
    private bool _completed;

    /// <param name="channels">Values of a frame, 1 to 4.</param>
    /// <param name="observer">Takes what is found.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the number of channels is out of its range.</exception>
    public PpgMonitor(int channels, IPpgObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Require.InRange(channels, 1, MostChannels, nameof(channels));
        (_channels, _observer) = (channels, observer);
        _rings = [.. Enumerable.Range(0, channels).Select(_ => new SampleRing(2 * Window))];
        _resampler = new FrameResampler(channels, OnSample);
    }

    /// <summary>The pulse now: 60 over the median of the latest eight intervals, in beats a minute; null where the signal is poor or has too few pulses.</summary>
    public double? PulseRate => _latest < SignalQuality.Poor && _intervals.Count >= 4 ? 60_000 / _intervals.Median : null;

    /// <summary>The latest quality that is known.</summary>
    public SignalQuality Quality => _latest;

    /// <summary>Takes the next frame. Frames that are not later than the one before, or hold what is no number, are left out; after two seconds without any, pulses are counted anew.</summary>
    /// <param name="timeMs">Its time, in ms on any clock that runs evenly.</param>
    /// <param name="values">A value of each channel, in any unit.</param>
    /// <returns>Whether the frame was taken.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: the frame has another number of channels; <see cref="ErrorCode.FailedPrecondition"/>: the signal was completed.
    /// </exception>
    public bool Push(double timeMs, ReadOnlySpan<float> values)
    {
        if (_completed) throw new EdgeHostException(ErrorCode.FailedPrecondition, "The signal was completed; begin a new one.");
        if (values.Length != _channels) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The frame has {values.Length} values; this signal has {_channels} channels.");
        if (!double.IsFinite(timeMs) || timeMs <= _lastTime) return false;
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) return false;
        }

        if (timeMs - _lastTime > BreakMs) Break();
        _lastTime = timeMs;
        _resampler.Push(timeMs, values);
        return true;
    }

    /// <summary>Ends the signal and says what was not said yet. A second call does nothing.</summary>
    public void Complete()
    {
        if (_completed) return;
        Break();
        _completed = true;
    }

    // What comes after a long gap is a signal of its own: nothing is interpolated into it, and no interval spans it.
    private void Break()
    {
        if (!double.IsFinite(_lastTime)) return;
        _resampler.Finish();
        if (_rings[0].Count > _said) Look(_rings[0].Count);
        for (var i = 0; i < _channels; i++) _rings[i].Clear();
        _missing.Clear();
        _intervals.Clear();
        (_said, _lastPulse) = (0, double.NaN);
        _resampler = new FrameResampler(_channels, OnSample);
    }

    private void OnSample(double[] values, bool missing)
    {
        for (var i = 0; i < _channels; i++) _rings[i].Append((float)values[i]);
        _missing.Append(missing ? 1 : 0);
        var count = _rings[0].Count;
        if (count >= Window && count % Hop == 0) Look(count - Margin);
    }

    // Looks at the latest window and says what happened up to a sample that the signal's end is not too near to.
    private void Look(long until)
    {
        var end = _rings[0].Count;
        var start = Math.Max(0, end - Window);
        var length = (int)(end - start);
        var (channel, rate, peakedness) = BestChannel(start, length);
        var (level, problems, likeness) = (SignalQuality.None, SignalProblems.FlatLine, 0.0);
        if (rate > 0)
        {
            var found = PulseFinder.Find(Take(channel, start, length), rate, channel == _channel ? _falling : null);
            (_channel, _falling, likeness) = (channel, found.Falling, found.Likeness);
            (level, problems) = Judge(peakedness, likeness, MissingShare(until));
            foreach (var (at, own) in found.Pulses) Say(start + at, until, rate, level, own);
        }

        _latest = level;
        _rate = level < SignalQuality.Poor ? rate : 0;
        if (level >= SignalQuality.Poor) _intervals.Clear();
        _observer.OnSegment(new PpgSegment(TimeOf(_said), TimeOf(until), level, problems, channel, likeness));
        _said = until;
    }

    private (int Channel, double Rate, double Peakedness) BestChannel(long start, int length)
    {
        var best = (Channel: _channel ?? 0, Rate: 0.0, Peakedness: 0.0);
        for (var i = 0; i < _channels; i++)
        {
            var (rate, peakedness) = PulseSpectrum.Of(Take(i, start, length), Rate, _rate);
            // The channel that was taken before is kept unless another one is clearly better: each has its own delay.
            if (rate > 0 && peakedness * (i == _channel ? 1.15 : 1) > best.Peakedness * (best.Channel == _channel && best.Rate > 0 ? 1.15 : 1)) best = (i, rate, peakedness);
        }

        return best;
    }

    private ReadOnlySpan<float> Take(int channel, long start, int length)
    {
        for (var i = 0; i < length; i++) _window[i] = _rings[channel][start + i];
        return _leveller.Level(_window.AsSpan(0, length));
    }

    private void Say(double at, long until, double rate, SignalQuality level, double likeness)
    {
        if (at < _said || at >= until) return;
        var time = TimeOf(at);
        // The same pulse may have been seen a little earlier by the window before.
        if (double.IsFinite(_lastPulse) && time - _lastPulse < 500 / rate) return;
        var interval = time - _lastPulse;
        _lastPulse = time;
        if (interval is >= 300 and <= 2000 && level < SignalQuality.Poor) _intervals.Add(interval);
        _observer.OnPulse(new PpgPulse(time, interval, level, likeness));
    }

    private static (SignalQuality Level, SignalProblems Problems) Judge(double peakedness, double likeness, double missing)
    {
        if (missing > 0.2) return (SignalQuality.Poor, SignalProblems.Missing);
        if (likeness < FairLikeness || peakedness < LeastPeakedness) return (SignalQuality.Poor, SignalProblems.Noise);
        return likeness < GoodLikeness || peakedness < GoodPeakedness || missing > 0.02 ? (SignalQuality.Fair, SignalProblems.None) : (SignalQuality.Good, SignalProblems.None);
    }

    private double MissingShare(long until)
    {
        var sum = 0.0;
        for (var i = _said; i < until; i++) sum += _missing[i];
        return until > _said ? sum / (until - _said) : 0;
    }

    private double TimeOf(double sample) => _resampler.StartMs + (sample * 1000 / Rate);
}
