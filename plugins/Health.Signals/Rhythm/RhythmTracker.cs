using System.Runtime.InteropServices;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>
/// Says of each beat what rhythm it is in, by the beats around it, and joins beats of one rhythm to segments. A change counts once it has held for a
/// few beats; a pause, a ventricular run and a lost signal count at once.
/// </summary>
internal sealed class RhythmTracker(double rateHz, EcgOptions options, QualityWindows quality, Action<RhythmSegment> emit)
{
    private const int LeastBeats = 6;
    private const int LeastIrregularBeats = 20;
    private const int RateReach = 5;
    private const int RunBeats = 3;

    // Once suspected, a little less keeps it, so that a limit that is just met does not make many segments.
    private const double KeptAbove = 0.85;

    private readonly List<EcgBeat> _beats = [];
    private int _next;
    private bool _irregular;
    private (RhythmKind Kind, long Start, double Sum, int Count) _current = (RhythmKind.CannotTell, 0, 0, 0);
    private (RhythmKind Kind, long Start, double Sum, int Count)? _candidate;

    /// <summary>The rhythm of the segment that goes on, its first sample, and the latest beat that was judged.</summary>
    public (RhythmKind Kind, long Start, long End) Current => (_current.Kind, _current.Start, _next > 0 ? _beats[_next - 1].Sample : 0);

    /// <summary>The rhythm of beats that are all known.</summary>
    public static List<RhythmSegment> Track(IReadOnlyList<EcgBeat> beats, IReadOnlyList<QualitySegment> windows, long end, double rateHz, EcgOptions options)
    {
        var segments = new List<RhythmSegment>();
        if (windows.Count == 0) return segments;
        var tracker = new RhythmTracker(rateHz, options, QualityWindows.Of(windows), segments.Add);
        foreach (var beat in beats) tracker.Add(beat);
        tracker.Finish(end);
        return segments;
    }

    public void Add(EcgBeat beat)
    {
        _beats.Add(beat);
        while (_next + options.RhythmReach < _beats.Count) Judge();
        if (_next <= 2 * options.RhythmReach) return;
        _beats.RemoveRange(0, _next - options.RhythmReach);
        _next = options.RhythmReach;
    }

    /// <summary>Judges what is left and closes the last segment.</summary>
    public void Finish(long end)
    {
        while (_next < _beats.Count) Judge();
        var last = _beats.Count > 0 ? _beats[^1].Sample : 0;
        Settle(last);
        if (end - last > 2 * rateHz && IsLost(last, end)) Take(RhythmKind.CannotTell, last, 0);
        else if (_beats.Count > 0 && end - last > options.PauseSeconds * rateHz) Take(RhythmKind.Pause, last, 1);
        Settle(end);
        if (end > _current.Start) emit(Closed(end));
    }

    private void Judge()
    {
        var beat = _beats[_next];
        var start = _next > 0 ? _beats[_next - 1].Sample : 0;
        var (kind, certainty) = KindOf(_next, start);
        _next++;
        if (kind == RhythmKind.Pause || (kind == RhythmKind.CannotTell && beat.Sample - start > options.PauseSeconds * rateHz))
        {
            // The stretch without beats is a segment of its own; the beat that ends it belongs to what follows.
            Take(kind, start, certainty);
            Take(KindOfWindow(_next - 1, out var after), beat.Sample, after);
            return;
        }

        Take(kind, start, certainty);
    }

    private (RhythmKind Kind, double Certainty) KindOf(int index, long start)
    {
        var beat = _beats[index];
        if (beat.Quality >= SignalQuality.Poor || (beat.Sample - start > 2 * rateHz && IsLost(start, beat.Sample))) return (RhythmKind.CannotTell, 0);
        if (beat.IntervalMs > 1000 * options.PauseSeconds) return (RhythmKind.Pause, beat.Quality == SignalQuality.Good ? 1 : 0.7);
        if (IsInRun(index)) return (RhythmKind.VentricularRun, beat.Quality == SignalQuality.Good ? 0.9 : 0.6);
        return (KindOfWindow(index, out var certainty), certainty);
    }

    private RhythmKind KindOfWindow(int index, out double certainty)
    {
        var beat = _beats[index];
        var trust = beat.Quality == SignalQuality.Good ? 1 : 0.7;
        var window = Around(index, options.RhythmReach);
        certainty = 0;
        if (beat.Quality >= SignalQuality.Poor) return RhythmKind.CannotTell;
        if (Irregularity.Of(window, KeptAbove * options.IrregularAbove) is { } irregularity)
        {
            _irregular = irregularity > options.IrregularAbove * (_irregular ? KeptAbove : 1);
            certainty = trust * Math.Clamp(0.5 + (Math.Abs(irregularity - options.IrregularAbove) / options.IrregularAbove), 0.5, 1);
            if (_irregular) return RhythmKind.AtrialFibrillationSuspected;
        }

        var (count, sum) = (0, 0.0);
        foreach (var near in Around(index, RateReach))
        {
            if (near.IntervalMs is not (> 200 and < 3000)) continue;
            count++;
            sum += near.IntervalMs;
        }

        if (count < 3) return RhythmKind.CannotTell;
        if (certainty == 0) certainty = 0.5 * trust;
        // The mean: where every other beat is ectopic, the median is one of two intervals and no rate.
        var rate = 60_000 / (sum / count);
        return rate < options.BradycardiaBelow ? RhythmKind.Bradycardia : rate > options.TachycardiaAbove ? RhythmKind.Tachycardia : RhythmKind.Sinus;
    }

    private bool IsLost(long start, long end) => quality.Worst(start, end - 1) >= SignalQuality.Poor;

    private ReadOnlySpan<EcgBeat> Around(int index, int reach)
    {
        var first = Math.Max(0, index - reach);
        return CollectionsMarshal.AsSpan(_beats)[first..Math.Min(_beats.Count, index + reach + 1)];
    }

    private bool IsInRun(int index)
    {
        if (_beats[index].Kind != BeatKind.Ventricular) return false;
        var (first, last) = (index, index);
        while (first > 0 && _beats[first - 1].Kind == BeatKind.Ventricular) first--;
        while (last + 1 < _beats.Count && _beats[last + 1].Kind == BeatKind.Ventricular) last++;
        var intervals = last - first;
        return intervals + 1 >= RunBeats && _beats[last].Sample - _beats[first].Sample < intervals * 0.6 * rateHz;
    }

    private void Take(RhythmKind kind, long start, double certainty)
    {
        if (kind == _current.Kind)
        {
            // A change that did not hold was none.
            if (_candidate is { } brief) _current = _current with { Sum = _current.Sum + (brief.Count * 0.5), Count = _current.Count + brief.Count };
            _candidate = null;
            _current = _current with { Sum = _current.Sum + certainty, Count = _current.Count + 1 };
            return;
        }

        _candidate = _candidate is { } held && held.Kind == kind
            ? held with { Sum = held.Sum + certainty, Count = held.Count + 1 }
            : (kind, _candidate is { } other && !IsAtOnce(_current.Kind) && !IsAtOnce(kind) ? other.Start : start, certainty, 1);
        if (IsAtOnce(kind) || IsAtOnce(_current.Kind) || _candidate.Value.Count >= (kind == RhythmKind.AtrialFibrillationSuspected ? LeastIrregularBeats : LeastBeats)) Settle(start);
    }

    // What is said of a pause, a run or a lost signal holds for exactly as long as it lasts.
    private static bool IsAtOnce(RhythmKind kind) => kind is RhythmKind.Pause or RhythmKind.VentricularRun or RhythmKind.CannotTell;

    private void Settle(long end)
    {
        if (_candidate is not { } next || next.Start > end) return;
        if (next.Start > _current.Start) emit(Closed(next.Start));
        _current = next;
        _candidate = null;
    }

    private RhythmSegment Closed(long end)
        => new(_current.Start, end, _current.Kind, _current.Kind == RhythmKind.CannotTell || _current.Count == 0 ? 0 : Math.Clamp(_current.Sum / _current.Count, 0, 1));
}
