using EdgeHost.Plugins.Health.Signals.Ecg.Leads;
using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>Analyses a whole ECG: <see cref="EcgMonitor"/> over each lead, collected, and several leads as one. Thread-safe.</summary>
public static class EcgAnalyzer
{
    private const int LeastIntervals = 5;

    /// <summary>Analyses a signal.</summary>
    /// <param name="millivolts">One lead in mV; what is NaN or beyond ±1000 counts as missing.</param>
    /// <param name="sampleRateHz">Samples a second, 100 to 2000.</param>
    /// <param name="options">Limits; the guidelines' where null.</param>
    /// <param name="cancellationToken">Ends the work between pieces of some seconds.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the rate or an option is out of its range.</exception>
    public static EcgAnalysis Analyze(ReadOnlySpan<float> millivolts, double sampleRateHz, EcgOptions? options = null, CancellationToken cancellationToken = default)
    {
        var collector = new Collector();
        Feed(new EcgMonitor(sampleRateHz, collector, options), millivolts, cancellationToken);
        return Summarize(sampleRateHz, millivolts.Length, collector.Beats, collector.Rhythm, collector.Quality);
    }

    /// <summary>Analyses a signal of several leads that were recorded together: beats, rhythm and quality are those of all of them. One lead is analysed as by itself.</summary>
    /// <param name="leads">The leads in mV, one to <see cref="EcgOptions.MostLeads"/>, equally long; what is NaN or beyond ±1000 counts as missing.</param>
    /// <param name="sampleRateHz">Samples a second, 100 to 2000.</param>
    /// <param name="options">Limits; the guidelines' where null.</param>
    /// <param name="cancellationToken">Ends the work between pieces of some seconds.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there are too few or too many leads, they are not equally long, or the rate or an option is out of its range.</exception>
    public static EcgAnalysis Analyze(IReadOnlyList<ReadOnlyMemory<float>> leads, double sampleRateHz, EcgOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leads);
        Require.InRange(leads.Count, 1, EcgOptions.MostLeads, "The number of leads");
        for (var i = 1; i < leads.Count; i++)
            Require.That(leads[i].Length == leads[0].Length, $"Lead {i + 1} has {leads[i].Length} samples and lead 1 has {leads[0].Length}; leads of a record are equally long.");
        if (leads.Count == 1) return Analyze(leads[0].Span, sampleRateHz, options, cancellationToken);
        options ??= new EcgOptions();
        var samples = leads[0].Length;
        var analyses = leads.Select(lead => LeadAnalysis.Of(lead.Span, sampleRateHz, options, cancellationToken)).ToList();
        var fusion = new LeadFusion(analyses, sampleRateHz, samples);
        var rhythm = RhythmTracker.Track(fusion.Beats, fusion.Windows, samples, sampleRateHz, options);
        return Summarize(sampleRateHz, samples, fusion.Beats, rhythm, fusion.Windows) with
        {
            Leads = [.. analyses.Select(lead => new LeadQuality(LevelOf(lead.Windows, samples), lead.Usable / (double)Math.Max(1, samples)))],
        };
    }

    /// <summary>Pushes a whole signal, and completes it.</summary>
    internal static void Feed(EcgMonitor monitor, ReadOnlySpan<float> millivolts, CancellationToken cancellationToken)
    {
        const int piece = 8192;

        for (; !millivolts.IsEmpty; millivolts = millivolts[Math.Min(piece, millivolts.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            monitor.Push(millivolts[..Math.Min(piece, millivolts.Length)]);
        }

        monitor.Complete();
    }

    /// <summary>The summary of what a stream said.</summary>
    /// <param name="sampleRateHz">Samples a second.</param>
    /// <param name="samples">Samples of the signal.</param>
    /// <param name="beats">Every beat, in order.</param>
    /// <param name="rhythm">Every rhythm segment, in order.</param>
    /// <param name="quality">Every quality segment, in order; neighbours that say the same are joined.</param>
    public static EcgAnalysis Summarize(
        double sampleRateHz, long samples, IReadOnlyList<EcgBeat> beats, IReadOnlyList<RhythmSegment> rhythm, IReadOnlyList<QualitySegment> quality)
    {
        ArgumentNullException.ThrowIfNull(beats);
        var intervals = beats.Where(beat => beat.Quality < SignalQuality.Poor && beat.IntervalMs is >= 300 and <= 2000).Select(beat => beat.IntervalMs).ToList();
        // Where most of a record is noise, the few windows that pass for usable may be noise too.
        var level = LevelOf(quality, samples);
        return new EcgAnalysis
        {
            SampleRateHz = sampleRateHz,
            Samples = samples,
            Beats = beats,
            Rhythm = rhythm,
            Quality = Join(quality),
            Level = level,
            HeartRate = level >= SignalQuality.Poor || intervals.Count < LeastIntervals ? null : 60_000 / Order.Median(intervals),
            IsRateDoubtful = IsStretched(beats),
            Variability = HrvAnalyzer.Analyze(NnIntervals.Of(beats, sampleRateHz), samples / sampleRateHz),
        };
    }

    private static bool IsStretched(IReadOnlyList<EcgBeat> beats)
    {
        const double wideMs = 80, slowMs = 60_000 / 45.0;

        var clear = beats.Where(beat => beat.Quality < SignalQuality.Poor && double.IsFinite(beat.IntervalMs)).ToList();
        return clear.Count >= LeastIntervals && Order.Median(clear.Select(beat => beat.WidthMs)) > wideMs && Order.Median(clear.Select(beat => beat.IntervalMs)) > slowMs;
    }

    private static List<QualitySegment> Join(IReadOnlyList<QualitySegment> segments)
    {
        var joined = new List<QualitySegment>();
        foreach (var segment in segments)
        {
            if (joined.Count > 0 && (joined[^1].Level, joined[^1].Problems) == (segment.Level, segment.Problems)) joined[^1] = joined[^1] with { End = segment.End };
            else joined.Add(segment);
        }

        return joined;
    }

    private static SignalQuality LevelOf(IReadOnlyList<QualitySegment> segments, long samples)
    {
        double ShareUpTo(SignalQuality level) => samples == 0 ? 0 : segments.Where(x => x.Level <= level).Sum(x => x.End - x.Start) / (double)samples;
        return ShareUpTo(SignalQuality.Fair) switch
        {
            < 0.1 => SignalQuality.None,
            < 0.5 => SignalQuality.Poor,
            _ => ShareUpTo(SignalQuality.Good) < 0.8 ? SignalQuality.Fair : SignalQuality.Good,
        };
    }

    private sealed class Collector : IEcgObserver
    {
        public List<EcgBeat> Beats { get; } = [];

        public List<RhythmSegment> Rhythm { get; } = [];

        public List<QualitySegment> Quality { get; } = [];

        public void OnBeat(in EcgBeat beat) => Beats.Add(beat);

        public void OnRhythm(in RhythmSegment segment) => Rhythm.Add(segment);

        public void OnQuality(in QualitySegment segment) => Quality.Add(segment);
    }
}
