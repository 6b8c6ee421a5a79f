using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Health;

/// <summary>
/// How well heart signals and glucose are analysed on records with references, and what a day of ECG costs: seconds, memory that stays, and what is allocated. Parts: <c>day</c>, <c>ecg</c>, <c>rhythm</c>, <c>ppg</c>, <c>glucose</c>, and <c>noise</c> and <c>leads</c> where they are asked for;
/// those of records need the shared data and say so where it is missing.
/// </summary>
internal sealed class HealthBenchmark : IBenchmark
{
    private const double RateHz = 360;

    public string Name => "health";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        void Part(string name, string? data, Func<IEnumerable<Figure>> measure)
        {
            if (run.Only.Count > 0 && !run.Only.Contains(name)) return;
            cancellationToken.ThrowIfCancellationRequested();
            if (data is not null && Repository.FindShared(data) is null) Console.WriteLine($"{name}: skipped, the shared data '{data}' is not on this machine.");
            else figures.AddRange(measure());
        }

        Part("day", null, () => Day(run, cancellationToken));
        Part("ecg", SharedEcg.Folder, Ecg);
        Part("rhythm", null, () => EcgRhythmFigures.Measure(cancellationToken));
        // Minutes, so only where they are asked for.
        if (run.Only.Contains("noise")) Part("noise", null, () => EcgNoiseFigures.Measure(cancellationToken));
        if (run.Only.Contains("leads")) Part("leads", null, () => EcgLeadsFigures.Measure(cancellationToken));
        Part("ppg", SharedPpg.Folder, Ppg);
        Part("glucose", SharedGlucose.File, Glucose);
        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static List<Figure> Day(BenchmarkRun run, CancellationToken cancellationToken)
    {
        const int minutes = 10;

        var piece = new SyntheticEcg { Beats = SyntheticEcg.WithEctopics(minutes * 60, 72, every: 11), RateHz = RateHz, Noise = 0.03, Wander = 0.3, Seed = run.Number + 1 }.Render(minutes * 60);
        var counter = new Counter();
        var monitor = new EcgMonitor(RateHz, counter);
        monitor.Push(piece);
        var (kept, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetAllocatedBytesForCurrentThread());
        var start = Stopwatch.GetTimestamp();
        var pieces = run.Times(24 * 60 / minutes);
        for (var i = 0; i < pieces; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A second at a time, as a sensor sends it.
            for (var at = 0; at < piece.Length; at += (int)RateHz) monitor.Push(piece.AsSpan(at, (int)RateHz));
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds * 24 * 60 / minutes / pieces;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        kept = GC.GetTotalMemory(forceFullCollection: true) - kept;
        monitor.Complete();
        Console.WriteLine($"day: {counter.Beats} beats, {seconds:F1} s for 24 hours");
        return
        [
            new Figure("24 h of ECG at 360 Hz, streamed", seconds, "s", Must: Bound.AtMost(60), Aim: Bound.AtMost(30)),
            new Figure("memory that a day adds", Math.Max(0, kept) / 1024.0, "KiB", Must: Bound.AtMost(1024)),
            new Figure("allocated for a beat", allocated / (double)Math.Max(1, counter.Beats), "B"),
        ];
    }

    private static List<Figure> Ecg()
    {
        var figures = new List<Figure>();
        var (all, fibrillation, without) = (default(BeatScore), default(DurationScore), 0L);
        foreach (var record in new[] { "100", "106", "219" })
        {
            var ecg = SharedEcg.Read(record);
            var analysis = EcgAnalyzer.Analyze(ecg.Signal, ecg.RateHz);
            var score = BeatScorer.Score(ecg.Beats, [.. analysis.Beats.Select(beat => beat.Sample)], ecg.RateHz, ecg.StretchesOf("(VFL"));
            var ventricular = BeatScorer.Score(
                [.. ecg.Annotations.Where(x => x.Symbol == "V").Select(x => x.Sample)],
                [.. analysis.Beats.Where(beat => beat.Kind == BeatKind.Ventricular).Select(beat => beat.Sample)],
                ecg.RateHz);
            var reference = ecg.StretchesOf("(AFIB", "(AFL");
            var found = analysis.Rhythm.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Select(x => (x.Start, x.End)).ToList();
            var duration = DurationScore.Of(reference, found, ecg.Signal.Length);
            all += score;
            if (reference.Count > 0) fibrillation = duration;
            else without += duration.FoundOnly;
            Console.WriteLine($"{record}: Se {100 * score.Sensitivity:F2} PPV {100 * score.PositivePredictivity:F2} rms {score.RmsErrorMs:F1} ms; ventricular Se {100 * ventricular.Sensitivity:F1} PPV {100 * ventricular.PositivePredictivity:F1}");
            figures.Add(new Figure($"record {record}: beats, sensitivity", 100 * score.Sensitivity, "%", Must: Bound.AtLeast(99.5), Aim: Bound.AtLeast(99.9)));
            figures.Add(new Figure($"record {record}: beats, predictivity", 100 * score.PositivePredictivity, "%", Must: Bound.AtLeast(99), Aim: Bound.AtLeast(99.9)));
        }

        return
        [
            .. figures,
            new Figure("beats, rms of the time", all.RmsErrorMs, "ms", Must: Bound.AtMost(15)),
            new Figure("fibrillation, sensitivity by duration", 100 * fibrillation.Sensitivity, "%", Must: Bound.AtLeast(93), Aim: Bound.AtLeast(95)),
            new Figure("fibrillation, predictivity by duration", 100 * fibrillation.PositivePredictivity, "%", Must: Bound.AtLeast(88)),
            new Figure("fibrillation said where there is none", without / RateHz, "s", Must: Bound.AtMost(60), Aim: Bound.AtMost(0)),
        ];
    }

    private static IEnumerable<Figure> Ppg()
    {
        var (rates, sdnns, rmssds) = (new List<double>(), new List<double>(), new List<double>());
        for (var number = 1; number <= 6; number++)
        {
            var record = SharedPpg.Read(number);
            var analysis = PpgAnalyzer.Analyze(record.TimesMs, record.Frames, 3);
            var mean = record.ReferenceMs.Average();
            if (analysis.PulseRate is { } rate) rates.Add(Math.Abs(rate - (60_000 / mean)));
            if (analysis.Variability is { SdnnMs: { } sdnn, RmssdMs: { } rmssd })
            {
                sdnns.Add(Math.Abs(sdnn - Math.Sqrt(record.ReferenceMs.Sum(x => (x - mean) * (x - mean)) / (record.ReferenceMs.Length - 1))));
                rmssds.Add(Math.Abs(rmssd - Math.Sqrt(record.ReferenceMs.Zip(record.ReferenceMs.Skip(1), (a, b) => (b - a) * (b - a)).Average())));
            }

            Console.WriteLine($"ppg {number}: rate {analysis.PulseRate:F2} of {60_000 / mean:F2}, SDNN {analysis.Variability.SdnnMs:F1}, RMSSD {analysis.Variability.RmssdMs:F1}, {analysis.Level}, variability {analysis.VariabilityQuality:F2}");
        }

        return
        [
            new Figure("pulse rate of cameras, mean error", rates.Average(), "bpm", Must: Bound.AtMost(1)),
            new Figure("pulse rate of cameras, worst error", rates.Max(), "bpm"),
            new Figure("records with variability, of 6", sdnns.Count),
            new Figure("SDNN, mean error", sdnns.Average(), "ms", Must: Bound.AtMost(6)),
            new Figure("RMSSD, mean error", rmssds.Average(), "ms", Must: Bound.AtMost(10)),
        ];
    }

    private static IEnumerable<Figure> Glucose()
    {
        var last = 0.0;
        foreach (var (learns, name) in new[] { (false, "fitted on the train half"), (true, "learning on") })
        {
            var (squares, lastSquares, inside, count) = (0.0, 0.0, 0, 0);
            foreach (var person in SharedGlucose.Read())
            {
                var forecaster = new GlucoseForecaster();
                var made = new Dictionary<long, (GlucoseForecast Forecast, double Last)>();
                foreach (var (slot, value, test) in person.Values)
                {
                    if (test && made.TryGetValue(slot, out var point))
                    {
                        squares += Math.Pow(point.Forecast.Value - value, 2);
                        lastSquares += Math.Pow(point.Last - value, 2);
                        inside += value >= point.Forecast.Low && value <= point.Forecast.High ? 1 : 0;
                        count++;
                    }

                    forecaster.IsLearning = learns || !test;
                    forecaster.Add(slot, value);
                    if (forecaster.Forecast() is { } forecast) made[slot + GlucoseForecaster.Ahead] = (forecast, value);
                }
            }

            last = Math.Sqrt(lastSquares / count);
            yield return new Figure($"glucose in 30 min, {name}: RMSE", Math.Sqrt(squares / count), "mg/dL", Must: Bound.AtMost(0.8 * last), Aim: Bound.AtMost(20));
            yield return new Figure($"glucose in 30 min, {name}: in the 90 % interval", 100.0 * inside / count, "%", Must: Bound.AtLeast(85));
        }

        yield return new Figure("glucose in 30 min, last value holds: RMSE", last, "mg/dL");
    }

    private sealed class Counter : IEcgObserver
    {
        public int Beats { get; private set; }

        public void OnBeat(in EcgBeat beat) => Beats++;

        public void OnRhythm(in RhythmSegment segment)
        {
            // Only beats are counted.
        }

        public void OnQuality(in EdgeHost.Plugins.Health.Signals.Quality.QualitySegment segment)
        {
            // The same.
        }
    }
}
