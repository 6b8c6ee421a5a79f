using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>Judges a signal in windows of five seconds: by its raw values, by how far the feature's peaks stand out of its floor, and by how doubtful its beats are.</summary>
internal sealed class EcgQualityMeter
{
    private const double WindowSeconds = 5;
    private const double PeakToPeakLeast = 0.05;
    private const double PeakToPeakMost = 30;
    private const int Thin = 4;

    // The floor of the feature (15th percentile) over its peaks (95th): clean records stay below 0.05, noise without a heart lies from 0.26 to 0.48.
    private const double FairFloor = 0.14;
    private const double PoorFloor = 0.24;

    // By the noise stress test of the documentation: above the second, more than one beat in twenty is false or missed.
    private const double FairDoubt = -0.6;
    private const double PoorDoubt = -0.25;

    private readonly QrsDoubt[] _doubts = new QrsDoubt[4];
    private readonly int _window;
    private readonly int _clipRun;
    private readonly InvalidSpans _invalid;
    private readonly Action<QualitySegment> _emit;
    private readonly List<float> _features = [];
    private readonly Queue<Raw> _raw = new();
    private long _seen;
    private long _featureAt;
    private long _start;
    private Raw _now = Raw.Empty;
    private float _last = float.NaN;
    private int _run;

    public EcgQualityMeter(double rateHz, InvalidSpans invalid, Action<QualitySegment> emit)
    {
        _window = (int)(WindowSeconds * rateHz);
        _clipRun = Math.Max(4, (int)(0.04 * rateHz));
        (_invalid, _emit) = (invalid, emit);
        Windows = new QualityWindows(_window, kept: 64);
    }

    public QualityWindows Windows { get; }

    /// <summary>Takes raw samples; what they hold was noted by the cleaner before.</summary>
    public void Push(ReadOnlySpan<float> raw)
    {
        foreach (var value in raw)
        {
            if (Math.Abs(value) <= EcgCleaner.MostMillivolts) Look(value);
            else _now = _now with { Missing = _now.Missing + 1, Beyond = _now.Beyond + (float.IsFinite(value) ? 1 : 0) };
            if (++_seen % _window != 0) continue;
            _raw.Enqueue(_now);
            _now = Raw.Empty;
        }
    }

    /// <summary>Takes what was decided of a candidate.</summary>
    public void Note(QrsCandidate candidate, bool isBeat)
    {
        // What is looked at again may lie in a window that was judged already.
        if (candidate.Peak.Centre >= _start) _doubts[candidate.Peak.Centre / _window % _doubts.Length].Add(candidate, isBeat);
    }

    /// <summary>Takes the feature as far as beats are decided, and judges the windows that are complete.</summary>
    public void Advance(SampleRing feature, long decided, bool ended)
    {
        for (; _featureAt < decided; _featureAt++)
        {
            if (_featureAt % Thin == 0) _features.Add(feature[_featureAt]);
            if ((_featureAt + 1) % _window == 0) Judge(_raw.Dequeue(), _featureAt + 1);
        }

        if (ended && _featureAt > _start) Judge(_now, _featureAt);
    }

    private void Look(float value)
    {
        _run = value == _last ? _run + 1 : 1;
        _last = value;
        if (value > _now.Highest) _now = _now with { Highest = value, AtHighest = 0 };
        if (value < _now.Lowest) _now = _now with { Lowest = value, AtLowest = 0 };
        if (_run < _clipRun) return;
        // The run's first samples count when it is long enough to be no plain top of a wave.
        var gained = _run == _clipRun ? _clipRun : 1;
        if (value == _now.Highest) _now = _now with { AtHighest = _now.AtHighest + gained };
        if (value == _now.Lowest) _now = _now with { AtLowest = _now.AtLowest + gained };
    }

    private void Judge(Raw raw, long end)
    {
        var length = end - _start;
        var missing = _invalid.Between(_start, end) / (double)length;
        var peakToPeak = raw.Highest - raw.Lowest;
        var (level, problems) = (SignalQuality.Good, SignalProblems.None);
        void Worsen(SignalQuality to, SignalProblems why)
        {
            if (to > level) level = to;
            problems |= why;
        }

        _features.Sort();
        // A window that the end cuts short may hold no beat.
        if (peakToPeak < PeakToPeakLeast && raw.Missing < length && length > _window / 2) Worsen(SignalQuality.None, SignalProblems.FlatLine);
        var clipped = peakToPeak > 1 ? Math.Max(raw.AtHighest, raw.AtLowest) / (double)length : 0;
        if (clipped >= 0.02) Worsen(clipped >= 0.1 ? SignalQuality.Poor : SignalQuality.Fair, SignalProblems.Saturated);
        if (missing > 0.02)
        {
            var why = raw.Missing >= missing * length / 2 ? SignalProblems.Missing : clipped > 0 ? SignalProblems.Saturated : SignalProblems.FlatLine;
            Worsen(missing >= 0.5 ? SignalQuality.None : missing >= 0.1 ? SignalQuality.Poor : SignalQuality.Fair, why);
        }

        if (peakToPeak > PeakToPeakMost) Worsen(SignalQuality.Poor, SignalProblems.Implausible);
        if (raw.Beyond > length / 50) Worsen(SignalQuality.Poor, SignalProblems.Implausible);
        if (level < SignalQuality.None && _features.Count > 50)
        {
            var floor = _features[(int)(0.15 * _features.Count)] / Math.Max(1e-9, _features[(int)(0.95 * _features.Count)]);
            if (floor > FairFloor) Worsen(floor > PoorFloor ? SignalQuality.Poor : SignalQuality.Fair, SignalProblems.Noise);
        }

        var doubt = _doubts[_start / _window % _doubts.Length].Value;
        if (level < SignalQuality.None && doubt > FairDoubt) Worsen(doubt > PoorDoubt ? SignalQuality.Poor : SignalQuality.Fair, SignalProblems.Noise);
        _doubts[_start / _window % _doubts.Length] = default;
        _features.Clear();
        Windows.Add(level, end);
        _emit(new QualitySegment(_start, end, level, problems));
        _start = end;
    }

    private readonly record struct Raw(float Lowest, float Highest, int AtLowest, int AtHighest, int Missing, int Beyond)
    {
        public static Raw Empty { get; } = new(float.MaxValue, float.MinValue, 0, 0, 0, 0);
    }
}
