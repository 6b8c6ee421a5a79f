using CsCheck;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

public class EcgAnalyzerTests
{
    private const double Minute = 60;

    [Theory]
    [InlineData(40, 360, 0.01, 0, 0)]
    [InlineData(75, 360, 0.01, 0, 0)]
    [InlineData(75, 125, 0.02, 0, 0)]
    [InlineData(75, 1000, 0.02, 0, 0)]
    [InlineData(150, 250, 0.02, 0, 0)]
    [InlineData(200, 360, 0.02, 0, 0)]
    [InlineData(70, 360, 0.1, 0, 0)]
    [InlineData(70, 360, 0.02, 2, 0)]
    [InlineData(70, 360, 0.02, 0, 0.5)]
    public void Beats_AreFound(double heartRate, double rateHz, double noise, double wander, double hum)
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(2 * Minute, heartRate), RateHz = rateHz, Noise = noise, Wander = wander, Hum = hum };
        var analysis = EcgAnalyzer.Analyze(ecg.Render(2 * Minute), rateHz);
        var score = BeatScorer.Score(ecg.Samples, [.. analysis.Beats.Select(beat => beat.Sample)], rateHz);

        Assert.Equal((0, 0), (score.FalseNegatives, score.FalsePositives));
        Assert.True(score.RmsErrorMs < 15, $"rms {score.RmsErrorMs} ms");
        Assert.InRange(analysis.HeartRate!.Value, heartRate * 0.98, heartRate * 1.02);
        Assert.All(analysis.Beats, beat => Assert.Equal(BeatKind.Normal, beat.Kind));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0.2)]
    [InlineData(5)]
    public void Beats_OfAnyHeightAndPolarity_AreFound(double amplitude)
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(Minute, 70), Amplitude = amplitude };
        var score = Score(ecg, Minute);

        Assert.Equal((0, 0), (score.FalseNegatives, score.FalsePositives));
    }

    [Fact]
    public void VentricularBeats_AreToldApart()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.WithEctopics(3 * Minute, 70, every: 7), Noise = 0.03 };
        var analysis = EcgAnalyzer.Analyze(ecg.Render(3 * Minute), ecg.RateHz);

        Assert.Equal(ecg.Beats.Count, analysis.Beats.Count);
        Assert.Equal(ecg.Beats.Select(beat => beat.Ventricular), analysis.Beats.Select(beat => beat.Kind == BeatKind.Ventricular));
        Assert.Equal([RhythmKind.Sinus], analysis.Rhythm.Select(segment => segment.Kind));
    }

    [Fact]
    public void EarlyBeats_OfTheUsualShape_AreSupraventricular()
    {
        var beats = SyntheticEcg.Regular(2 * Minute, 60, depth: 0.01).ToArray();
        for (var i = 20; i < beats.Length; i += 15) beats[i] = beats[i] with { Seconds = beats[i].Seconds - 0.3 };
        var ecg = new SyntheticEcg { Beats = beats };
        var analysis = EcgAnalyzer.Analyze(ecg.Render(2 * Minute), ecg.RateHz);

        Assert.Equal(beats.Select((_, i) => i >= 20 && (i - 20) % 15 == 0), analysis.Beats.Select(beat => beat.Kind == BeatKind.Supraventricular));
    }

    [Theory]
    [InlineData(45, RhythmKind.Bradycardia)]
    [InlineData(70, RhythmKind.Sinus)]
    [InlineData(130, RhythmKind.Tachycardia)]
    public void RegularRhythms_AreNamedByTheirRate(double heartRate, RhythmKind kind)
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(2 * Minute, heartRate) };
        var segment = Assert.Single(EcgAnalyzer.Analyze(ecg.Render(2 * Minute), ecg.RateHz).Rhythm);

        Assert.Equal((kind, 0, (long)(2 * Minute * ecg.RateHz)), (segment.Kind, segment.Start, segment.End));
        Assert.True(segment.Confidence > 0.8);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(90)]
    [InlineData(140)]
    public void IrregularRhythm_IsSuspected(double heartRate)
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Irregular(5 * Minute, heartRate, seed: 3) };
        var analysis = EcgAnalyzer.Analyze(ecg.Render(5 * Minute), ecg.RateHz);

        Assert.True(analysis.Rhythm.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Sum(x => x.End - x.Start) > 0.95 * analysis.Samples);
    }

    [Fact]
    public void Bigeminy_IsNotSuspected()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.WithEctopics(4 * Minute, 70, every: 2) };

        Assert.DoesNotContain(EcgAnalyzer.Analyze(ecg.Render(4 * Minute), ecg.RateHz).Rhythm, x => x.Kind == RhythmKind.AtrialFibrillationSuspected);
    }

    [Fact]
    public void Pause_IsSaidFromBeatToBeat()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Intervals(Minute, (i, _) => i == 30 ? 4.5 : 0.85) };
        var analysis = EcgAnalyzer.Analyze(ecg.Render(Minute), ecg.RateHz);
        var pause = Assert.Single(analysis.Rhythm, x => x.Kind == RhythmKind.Pause);

        Assert.InRange(pause.Start - ecg.Samples[29], -5, 5);
        Assert.InRange(pause.End - ecg.Samples[30], -5, 5);
    }

    [Fact]
    public void VentricularRun_IsSaid()
    {
        var beats = SyntheticEcg.Regular(Minute, 70).Where(beat => beat.Seconds is < 30 or > 33).Concat(
            Enumerable.Range(0, 7).Select(i => new SyntheticBeat(30.1 + (i * 0.4), Ventricular: true))).OrderBy(beat => beat.Seconds).ToList();
        var ecg = new SyntheticEcg { Beats = beats };
        var run = Assert.Single(EcgAnalyzer.Analyze(ecg.Render(Minute), ecg.RateHz).Rhythm, x => x.Kind == RhythmKind.VentricularRun);

        Assert.InRange((run.End - run.Start) / ecg.RateHz, 2.4, 3.5);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-3.2f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void NoSignal_IsSaidToBeNone(float value)
    {
        var signal = new float[(int)(Minute * 360)];
        Array.Fill(signal, value);
        var analysis = EcgAnalyzer.Analyze(signal, 360);

        Assert.Equal((SignalQuality.None, null), (analysis.Level, analysis.HeartRate));
        Assert.Empty(analysis.Beats);
        Assert.Equal([RhythmKind.CannotTell], analysis.Rhythm.Select(x => x.Kind));
        Assert.Null(analysis.Variability.RmssdMs);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    public void NoiseAlone_GivesNoHeartRate(double height)
    {
        var noise = new SyntheticEcg { Beats = [], Noise = height }.Render(2 * Minute);
        var analysis = EcgAnalyzer.Analyze(noise, 360);

        Assert.True(analysis.Level >= SignalQuality.Poor, $"{analysis.Level}");
        Assert.Null(analysis.HeartRate);
        Assert.Equal([RhythmKind.CannotTell], analysis.Rhythm.Select(x => x.Kind));
    }

    [Theory]
    [InlineData(float.NaN, SignalProblems.Missing)]
    [InlineData(2.5f, SignalProblems.FlatLine)]
    public void LeadThatComesOff_LosesItsStretchAlone(float value, SignalProblems problem)
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(2 * Minute, 72), Noise = 0.02 };
        var signal = ecg.Render(2 * Minute);
        var (start, end) = ((int)(50 * ecg.RateHz), (int)(70 * ecg.RateHz));
        Array.Fill(signal, value, start, end - start);
        var analysis = EcgAnalyzer.Analyze(signal, ecg.RateHz);

        Assert.DoesNotContain(analysis.Beats, beat => beat.Sample >= start - 5 && beat.Sample < end);
        var score = BeatScorer.Score(ecg.Samples, [.. analysis.Beats.Select(beat => beat.Sample)], ecg.RateHz, [(start - 90, end + 90)]);
        Assert.Equal((0, 0), (score.FalseNegatives, score.FalsePositives));
        Assert.Contains(analysis.Quality, x => x.Level == SignalQuality.None && x.Problems.HasFlag(problem));
        Assert.Contains(analysis.Rhythm, x => x.Kind == RhythmKind.CannotTell && x.Start <= start && x.End >= end);
        Assert.DoesNotContain(analysis.Rhythm, x => x.Kind == RhythmKind.Pause);
    }

    [Fact]
    public void CutSignal_IsSaidToBe()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(Minute, 72), Wander = 3 };
        var signal = ecg.Render(Minute).Select(value => Math.Clamp(value, -1.5f, 1.5f)).ToArray();

        Assert.Contains(EcgAnalyzer.Analyze(signal, ecg.RateHz).Quality, x => x.Problems.HasFlag(SignalProblems.Saturated));
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(125, true)]
    public void Rate_ThatIsGivenTooLow_IsDoubted(double givenHz, bool doubtful)
    {
        var signal = new SyntheticEcg { Beats = SyntheticEcg.Regular(2 * Minute, 72), RateHz = 360 }.Render(2 * Minute);

        Assert.Equal(doubtful, EcgAnalyzer.Analyze(signal, givenHz).IsRateDoubtful);
    }

    [Theory]
    [InlineData(200, 1024)]
    [InlineData(1000, 0)]
    public void Values_WithoutTheirGain_AreNotPlausible(float gain, float zero)
    {
        var signal = new SyntheticEcg { Beats = SyntheticEcg.Regular(Minute, 72), Noise = 0.02 }.Render(Minute).Select(value => (value * gain) + zero).ToArray();
        var analysis = EcgAnalyzer.Analyze(signal, 360);

        Assert.True(analysis.Level >= SignalQuality.Poor);
        Assert.Contains(analysis.Quality, x => x.Problems.HasFlag(SignalProblems.Implausible));
        Assert.Null(analysis.HeartRate);
    }

    [Fact]
    public void Segments_CoverTheSignalWithoutGaps()
        => Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 3]).Sample((seed, gaps) =>
        {
            var random = new Random(seed);
            var ecg = new SyntheticEcg { Beats = SyntheticEcg.Irregular(Minute, 50 + random.Next(100), seed), Noise = random.NextDouble() * 0.2, Seed = seed };
            var signal = ecg.Render(Minute);
            for (var i = 0; i < gaps; i++) signal.AsSpan(random.Next(signal.Length - 5000), random.Next(1, 5000)).Fill(random.Next(2) == 0 ? float.NaN : 1);
            var analysis = EcgAnalyzer.Analyze(signal, ecg.RateHz);

            AssertCovers(analysis.Samples, [.. analysis.Rhythm.Select(x => (x.Start, x.End))]);
            AssertCovers(analysis.Samples, [.. analysis.Quality.Select(x => (x.Start, x.End))]);
            Assert.All(analysis.Beats.Zip(analysis.Beats.Skip(1)), pair => Assert.True(pair.Second.Sample > pair.First.Sample));
        }, iter: 20, threads: 1);

    [Theory]
    [InlineData(99)]
    [InlineData(0)]
    [InlineData(2001)]
    [InlineData(double.NaN)]
    public void Rate_OutOfRange_IsRefused(double rateHz)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => EcgAnalyzer.Analyze(new float[10], rateHz)).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void ShortSignals_AreAnalysed(int samples)
        => Assert.Empty(EcgAnalyzer.Analyze(new float[samples], 360).Beats);

    [Fact]
    public void Analysis_IsCancelled()
        => Assert.Throws<OperationCanceledException>(() => EcgAnalyzer.Analyze(new float[10], 360, cancellationToken: new CancellationToken(canceled: true)));

    [SharedDataTheory(SharedEcg.Folder)]
    [InlineData("100")]
    [InlineData("106")]
    [InlineData("219")]
    public void SharedRecords_ReachTheirAims(string record)
    {
        var ecg = SharedEcg.Read(record);
        var analysis = EcgAnalyzer.Analyze(ecg.Signal, ecg.RateHz);
        var score = BeatScorer.Score(ecg.Beats, [.. analysis.Beats.Select(beat => beat.Sample)], ecg.RateHz);

        Assert.True(score is { Sensitivity: >= 0.999, PositivePredictivity: >= 0.999, RmsErrorMs: <= 15 }, $"{score}");
        var ventricular = BeatScorer.Score(
            [.. ecg.Annotations.Where(x => x.Symbol == "V").Select(x => x.Sample)],
            [.. analysis.Beats.Where(beat => beat.Kind == BeatKind.Ventricular).Select(beat => beat.Sample)], ecg.RateHz);
        Assert.True(ventricular is { Sensitivity: >= 0.9, PositivePredictivity: >= 0.95 }, $"{ventricular}");
    }

    [SharedDataFact(SharedEcg.Folder)]
    public void Fibrillation_OfTheSharedRecord_IsSuspected()
    {
        var ecg = SharedEcg.Read("219");
        var found = EcgAnalyzer.Analyze(ecg.Signal, ecg.RateHz).Rhythm.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Select(x => (x.Start, x.End)).ToList();
        var score = DurationScore.Of(ecg.StretchesOf("(AFIB", "(AFL"), found, ecg.Signal.Length);

        Assert.True(score is { Sensitivity: >= 0.95, PositivePredictivity: >= 0.9 }, $"{score}");
    }

    [SharedDataTheory(SharedEcg.Folder)]
    [InlineData("100")]
    [InlineData("106")]
    public void Fibrillation_IsNotSuspectedWhereThereIsNone(string record)
    {
        var ecg = SharedEcg.Read(record);

        Assert.DoesNotContain(EcgAnalyzer.Analyze(ecg.Signal, ecg.RateHz).Rhythm, x => x.Kind == RhythmKind.AtrialFibrillationSuspected);
    }

    private static BeatScore Score(SyntheticEcg ecg, double seconds)
        => BeatScorer.Score(ecg.Samples, [.. EcgAnalyzer.Analyze(ecg.Render(seconds), ecg.RateHz).Beats.Select(beat => beat.Sample)], ecg.RateHz);

    private static void AssertCovers(long samples, IReadOnlyList<(long Start, long End)> segments)
    {
        Assert.Equal((0, samples), (segments[0].Start, segments[^1].End));
        Assert.All(segments, segment => Assert.True(segment.End > segment.Start));
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }
}
