using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// Analyses one lead that comes in pieces of any length, in bounded memory (about 100 kB at 360 Hz). The pieces' lengths change nothing: beats, rhythm and quality
/// are those of <see cref="EcgAnalyzer"/> over the whole. Not thread-safe; no clock, no allocation per sample.
/// </summary>
public sealed class EcgMonitor
{
    private const double KeptSeconds = 20;

    // A third of a second at 360 Hz: how much later a beat may be told for it; at most QrsFeature.Piece.
    private const int Step = 128;

    private readonly double _rate;
    private readonly EcgCleaner _cleaner;
    private readonly QrsFeature _signal;
    private readonly QrsDetector _detector;
    private readonly EcgQualityMeter _quality;
    private readonly BeatClassifier _classifier;
    private readonly RhythmTracker _rhythm;
    private readonly IEcgObserver _observer;
    private readonly RecentValues _intervals = new(8);
    private readonly float[] _clean = new float[QrsFeature.Piece];
    private SignalQuality _latest = SignalQuality.None;
    private long _lastBeat = -1;
    private long _samples;
    private bool _completed;

    /// <param name="sampleRateHz">Samples a second, <see cref="EcgOptions.LeastRateHz"/> to <see cref="EcgOptions.MostRateHz"/>.</param>
    /// <param name="observer">Takes what is found.</param>
    /// <param name="options">Limits; the guidelines' where null.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the rate or an option is out of its range.</exception>
    public EcgMonitor(double sampleRateHz, IEcgObserver observer, EcgOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        options ??= new EcgOptions();
        options.Validate(sampleRateHz);
        (_rate, _observer) = (sampleRateHz, observer);
        _cleaner = new EcgCleaner(sampleRateHz);
        _signal = new QrsFeature(sampleRateHz, (int)(KeptSeconds * sampleRateHz));
        _quality = new EcgQualityMeter(sampleRateHz, _cleaner.Invalid, OnQuality);
        _rhythm = new RhythmTracker(sampleRateHz, options, _quality.Windows, segment => observer.OnRhythm(segment));
        _classifier = new BeatClassifier(sampleRateHz, _signal.Shape, _cleaner.Invalid, _quality.Windows, OnBeat);
        _detector = new QrsDetector(sampleRateHz, _signal, _cleaner.Invalid, OnPeak, OnDecided);
    }

    /// <summary>What the signal shows now.</summary>
    public EcgLiveState Live
    {
        get
        {
            double? since = _lastBeat < 0 ? null : (_samples - _lastBeat) / _rate;
            var known = _latest < SignalQuality.Poor && _intervals.Count >= 5 && since < 5;
            var (rhythm, start, end) = _rhythm.Current;
            return new EcgLiveState(known ? 60_000 / _intervals.Median : null, _latest, since, _samples) { Rhythm = rhythm, RhythmSeconds = Math.Max(0, end - start) / _rate };
        }
    }

    /// <summary>Told what was decided of everything that was looked at as a beat.</summary>
    internal Action<QrsCandidate, bool>? Noted { get; init; }

    /// <summary>Takes the next samples.</summary>
    /// <param name="millivolts">In mV; what is NaN or beyond ±1000 counts as missing.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the stream was completed.</exception>
    public void Push(ReadOnlySpan<float> millivolts)
    {
        if (_completed) throw new EdgeHostException(ErrorCode.FailedPrecondition, "The signal was completed; begin a new stream.");
        while (!millivolts.IsEmpty)
        {
            // What is known is looked at when a step is whole and no sooner, so that what is known when is a matter of the samples alone.
            var room = Step - (int)(_samples % Step);
            var piece = millivolts[..Math.Min(room, millivolts.Length)];
            var clean = _clean.AsSpan(0, piece.Length);
            _cleaner.Clean(piece, clean);
            _quality.Push(piece);
            _signal.Push(clean);
            _samples += piece.Length;
            if (_samples % Step == 0) Advance(ended: false);
            millivolts = millivolts[piece.Length..];
        }
    }

    /// <summary>Ends the signal and says what was not said yet. A second call does nothing.</summary>
    public void Complete()
    {
        if (_completed) return;
        _completed = true;
        _signal.Finish();
        Advance(ended: true);
        _rhythm.Finish(_samples);
    }

    private void Advance(bool ended)
    {
        _detector.Advance(ended);
        _quality.Advance(_signal.Feature, ended ? _signal.Feature.Count : _detector.Decided, ended);
        _classifier.Advance(ended);
    }

    private void OnPeak(QrsPeak peak)
    {
        if (_lastBeat >= 0 && 1000 * (peak.Sample - _lastBeat) / _rate is >= 300 and <= 2000 and var interval) _intervals.Add(interval);
        _lastBeat = peak.Sample;
        _classifier.Add(peak);
    }

    private void OnDecided(QrsCandidate candidate, bool isBeat)
    {
        _quality.Note(candidate, isBeat);
        Noted?.Invoke(candidate, isBeat);
    }

    private void OnBeat(EcgBeat beat)
    {
        _observer.OnBeat(beat);
        _rhythm.Add(beat);
    }

    private void OnQuality(QualitySegment segment)
    {
        _latest = segment.Level;
        if (segment.Level >= SignalQuality.Poor) _intervals.Clear();
        _observer.OnQuality(segment);
    }
}
