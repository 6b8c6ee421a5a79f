using CsCheck;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Ecg.Leads;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

/// <summary>Several leads as one.</summary>
public class EcgLeadsTests
{
    private const double Seconds = 180;

    [Theory]
    [InlineData("sinus", 0)]
    [InlineData("few ventricular", 1)]
    [InlineData("fibrillation", 0)]
    public void CleanLead_DecidesAgainstANoisyOne(string scenario, int noisy)
    {
        var person = StressCase.Person(scenario, 1, Seconds);
        float[][] leads = [person.Leads[0], person.Leads[1]];
        leads[noisy] = person.Noisy(noisy, "em", 0);
        var alone = Score(person, EcgAnalyzer.Analyze(leads[noisy], person.RateHz));
        var analysis = Together(person.RateHz, leads);
        var together = Score(person, analysis);

        Assert.True(alone.PositivePredictivity < 0.97, $"{alone}");
        Assert.True(together is { Sensitivity: >= 0.99, PositivePredictivity: >= 0.99 }, $"{together}");
        Assert.Equal(SignalQuality.Good, analysis.Level);
        Assert.True(analysis.Leads[noisy].UsableShare < 0.9 && analysis.Leads[1 - noisy].UsableShare > 0.99, string.Join(' ', analysis.Leads));
    }

    [Fact]
    public void NoisyLeads_AreBetterTogether()
    {
        var (first, second, together) = (default(BeatScore), default(BeatScore), default(BeatScore));
        foreach (var scenario in SyntheticPerson.Scenarios)
        {
            var person = StressCase.Person(scenario, 1, Seconds);
            float[][] leads = [person.Noisy(0, "ma", 6), person.Noisy(1, "ma", 6)];
            first += Score(person, EcgAnalyzer.Analyze(leads[0], person.RateHz));
            second += Score(person, EcgAnalyzer.Analyze(leads[1], person.RateHz));
            together += Score(person, Together(person.RateHz, leads));
        }

        Assert.True(together.Sensitivity > Math.Max(first.Sensitivity, second.Sensitivity), $"{first} {second} {together}");
        Assert.True(together.PositivePredictivity > Math.Max(first.PositivePredictivity, second.PositivePredictivity), $"{first} {second} {together}");
    }

    [Fact]
    public void LeadsThatAreOffInTurn_LoseNothing_AndIntervalsStayTrue()
    {
        // Complexes peak 25 ms later in the second lead.
        const int later = 9;

        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(Seconds, 72), Noise = 0.02 };
        var first = ecg.Render(Seconds);
        float[] second = [.. new float[later], .. first[..^later]];
        var half = first.Length / 2;
        var both = (int)(10 * ecg.RateHz);
        Array.Fill(first, float.NaN, half + both, first.Length - half - both);
        Array.Fill(second, float.NaN, 0, half - both);
        var analysis = Together(ecg.RateHz, first, second);

        var score = BeatScorer.Score(ecg.Samples, [.. analysis.Beats.Select(beat => beat.Sample)], ecg.RateHz);
        Assert.Equal((0, 0), (score.FalseNegatives, score.FalsePositives));
        Assert.Equal([RhythmKind.Sinus], analysis.Rhythm.Select(segment => segment.Kind));
        Assert.True(score.RmsErrorMs < 5, $"{score.RmsErrorMs} ms");
        Assert.All(analysis.Beats.Skip(1), beat => Assert.InRange(beat.IntervalMs, 780, 880));
        Assert.All(analysis.Leads, lead => Assert.InRange(lead.UsableShare, 0.4, 0.6));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(0.5f)]
    public void LeadThatIsOffNowAndThen_DoesNotSpeakAgainstANoisyOne(float off)
    {
        var person = StressCase.Person("sinus", 1, Seconds);
        float[][] leads = [[.. person.Leads[0]], person.Noisy(1, "em", 6)];
        for (var at = 0.0; at < Seconds - 3; at += 2.5) leads[0].AsSpan((int)(at * person.RateHz), (int)(1.1 * person.RateHz)).Fill(off);
        var alone = Score(person, EcgAnalyzer.Analyze(leads[1], person.RateHz));
        var together = Score(person, Together(person.RateHz, leads));

        Assert.True(together.Sensitivity > alone.Sensitivity - 0.005 && together.PositivePredictivity > alone.PositivePredictivity - 0.005, $"{alone} {together}");
    }

    [Fact]
    public void WhereAllLeadsAreOff_NothingIsSaid()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(Seconds, 72), Noise = 0.02 };
        var (first, second) = (ecg.Render(Seconds), ecg.Render(Seconds));
        var (start, end) = ((int)(60 * ecg.RateHz), (int)(80 * ecg.RateHz));
        first.AsSpan(start, end - start).Fill(float.NaN);
        second.AsSpan(start, end - start).Fill(1);
        var analysis = Together(ecg.RateHz, first, second);

        Assert.DoesNotContain(analysis.Beats, beat => beat.Sample > start && beat.Sample < end);
        Assert.True(double.IsNaN(analysis.Beats.First(beat => beat.Sample >= end).IntervalMs));
        Assert.Contains(analysis.Rhythm, x => x.Kind == RhythmKind.CannotTell && x.Start <= start && x.End >= end);
        Assert.DoesNotContain(analysis.Rhythm, x => x.Kind == RhythmKind.Pause);
    }

    [Fact]
    public void AnyLeads_GiveBeatsInOrder_AndSegmentsWithoutGaps()
        => Gen.Select(Gen.Int[1, 1000], Gen.Int[2, 3], Gen.Int[0, 3]).Sample((seed, count, gaps) =>
        {
            var random = new Random(seed);
            var ecg = new SyntheticEcg { Beats = SyntheticEcg.Irregular(60, 50 + random.Next(100), seed), Noise = random.NextDouble() * 0.3, Seed = seed };
            var leads = new float[count][];
            for (var lead = 0; lead < count; lead++)
            {
                leads[lead] = (ecg with { Seed = seed + lead, Amplitude = random.NextDouble() - 0.5 }).Render(60);
                for (var i = 0; i < gaps; i++) leads[lead].AsSpan(random.Next(leads[lead].Length - 8000), random.Next(1, 8000)).Fill(random.Next(2) == 0 ? float.NaN : 1);
            }

            var analysis = Together(ecg.RateHz, leads);
            Assert.Equal((0, analysis.Samples), (analysis.Rhythm[0].Start, analysis.Rhythm[^1].End));
            Assert.All(analysis.Rhythm.Zip(analysis.Rhythm.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            Assert.Equal((0, analysis.Samples), (analysis.Quality[0].Start, analysis.Quality[^1].End));
            Assert.All(analysis.Beats.Zip(analysis.Beats.Skip(1)), pair => Assert.True(pair.Second.Sample > pair.First.Sample));
            Assert.All(analysis.Beats, beat => Assert.InRange(beat.Sample, 0, analysis.Samples - 1));
        }, iter: 20, threads: 1);

    [Fact]
    public void OneLead_AndOneLeadTwice_AreAnalysedAsByItself()
    {
        var signal = StressCase.Person("many ventricular", 1, Seconds).Leads[0];
        var alone = EcgAnalyzer.Analyze(signal, 360);

        Assert.Equal(alone.Beats, Together(360, signal).Beats);
        var twice = Together(360, signal, signal);
        Assert.Equal(alone.Beats, twice.Beats);
        Assert.Equal(alone.Rhythm, twice.Rhythm);
        Assert.Equal(alone.Quality, twice.Quality);
        Assert.Equal(2, twice.Leads.Count);
    }

    [Fact]
    public void LeadsOfUnequalLength_AreRefused()
    {
        var error = Assert.Throws<EdgeHostException>(() => Together(360, new float[1000], new float[999]));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("Lead 2 has 999 samples and lead 1 has 1000", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void NumberOfLeads_OutOfRange_IsRefused(int leads)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => Together(360, [.. Enumerable.Range(0, leads).Select(_ => new float[10])])).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void ShortLeads_AreAnalysed(int samples)
        => Assert.Empty(Together(360, new float[samples], new float[samples]).Beats);

    [Fact]
    public void Analysis_IsCancelled()
        => Assert.Throws<OperationCanceledException>(() => EcgAnalyzer.Analyze([new float[10], new float[10]], 360, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void Evidence_IsLessTheMoreNoiseThereIs()
    {
        Assert.True(new LeadCandidate(0, 0.5, 0.3, 0.1).Evidence > new LeadCandidate(0, 0.5, 0.3, 0.4).Evidence);
        Assert.True(new LeadCandidate(0, -0.1, 0.6, 0.5).Evidence < 0);
        Assert.True(new LeadCandidate(0, 0.7, 0.3, 0.05).Evidence > -new LeadCandidate(0, 0, 0.7, 0.6).EvidenceOfNone);
    }

    [SharedDataTheory(SharedEcg.Folder)]
    [InlineData("100")]
    [InlineData("106")]
    [InlineData("219")]
    public void SharedRecords_ReachTheirAims(string record)
    {
        var ecg = SharedEcg.Read(record);
        var score = BeatScorer.Score(ecg.Beats, [.. Together(ecg.RateHz, ecg.Signal, ecg.Second).Beats.Select(beat => beat.Sample)], ecg.RateHz);

        Assert.True(score is { Sensitivity: >= 0.999, PositivePredictivity: >= 0.995, RmsErrorMs: <= 15 }, $"{score}");
    }

    private static EcgAnalysis Together(double rateHz, params float[][] leads) => EcgAnalyzer.Analyze([.. leads.Select(lead => (ReadOnlyMemory<float>)lead)], rateHz);

    // Of three minutes the last two are noisy.
    private static BeatScore Score(StressCase person, EcgAnalysis analysis) => StressScore.Of(person, analysis, noisy: true).All;
}
