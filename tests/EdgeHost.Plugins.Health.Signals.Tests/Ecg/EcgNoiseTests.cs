using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

/// <summary>The noise stress test in small, over generated persons of every scenario; the whole of it is the part <c>noise</c> of the health benchmark.</summary>
public class EcgNoiseTests
{
    private const double Seconds = 180;

    [Theory]
    [InlineData("bw", 6, 0.995, 0.99, 0.99)]
    [InlineData("hum", 6, 0.995, 0.99, 0.99)]
    [InlineData("ma", 12, 0.97, 0.98, 0.9)]
    [InlineData("em", 12, 0.97, 0.98, 0.8)]
    [InlineData("ma", 6, 0.88, 0.92, 0.3)]
    [InlineData("em", 6, 0.88, 0.88, 0.2)]
    public void Beats_AreFoundInNoise_AndWhereTheyAreNotItIsSaid(string kind, double decibels, double sensitivity, double predictivity, double usable)
    {
        var (all, clear, share) = (default(BeatScore), default(BeatScore), 0.0);
        foreach (var scenario in SyntheticPerson.Scenarios)
        {
            var person = StressCase.Person(scenario, 1, Seconds);
            var score = StressScore.Of(person, EcgAnalyzer.Analyze(person.Noisy(0, kind, decibels), person.RateHz), noisy: true);
            (all, clear, share) = (all + score.All, clear + score.Usable, share + (score.UsableShare / SyntheticPerson.Scenarios.Count));
        }

        Assert.True(all.Sensitivity >= sensitivity && all.PositivePredictivity >= predictivity, $"all {all.Sensitivity:P2} {all.PositivePredictivity:P2}");
        Assert.True(clear is { Sensitivity: >= 0.94, PositivePredictivity: >= 0.96 }, $"usable {clear.Sensitivity:P2} {clear.PositivePredictivity:P2}");
        Assert.True(share >= usable, $"usable {share:P1}");
    }

    [Fact]
    public void Beats_OfEveryScenario_AreFoundWithoutNoise()
    {
        foreach (var scenario in SyntheticPerson.Scenarios)
        {
            var person = StressCase.Person(scenario, 3, Seconds);
            var score = StressScore.Of(person, EcgAnalyzer.Analyze(person.Leads[0], person.RateHz), noisy: false);

            Assert.True(score.All is { Sensitivity: >= 0.99, PositivePredictivity: >= 0.995 }, $"{scenario}: {score}");
        }
    }

    [Theory]
    [InlineData("ma")]
    [InlineData("em")]
    [InlineData("hum")]
    public void Noise_WithoutAHeart_GivesNoRate(string kind)
    {
        var analysis = EcgAnalyzer.Analyze(SyntheticNoise.Make(kind, 360 * 120, 360, 5), 360);

        Assert.True(analysis.Level >= SignalQuality.Poor, $"{analysis.Level}");
        Assert.Null(analysis.HeartRate);
    }

    [Theory]
    [InlineData("fibrillation")]
    [InlineData("fast fibrillation")]
    public void Fibrillation_IsSuspected(string scenario)
        => Assert.True(Suspected(SyntheticPerson.Draw(scenario, 3, Seconds)) > 0.9 * Seconds);

    [Theory]
    [InlineData("atrial bigeminy")]
    [InlineData("atrial trigeminy")]
    [InlineData("many ventricular")]
    [InlineData("bigeminy")]
    [InlineData("sinus arrhythmia")]
    [InlineData("deep sinus arrhythmia")]
    [InlineData("wenckebach")]
    [InlineData("pauses")]
    public void IrregularRhythms_OfARule_AreNotSuspected(string scenario)
        => Assert.InRange(Suspected(SyntheticPerson.Draw(scenario, 3, Seconds)), 0, 30);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(5)]
    [InlineData(-3.3f)]
    [InlineData(float.PositiveInfinity)]
    public void LeadThatIsOff_CannotBeTold(float value)
    {
        var signal = new float[360 * 60];
        Array.Fill(signal, value);
        AssertCannotTell(EcgAnalyzer.Analyze(signal, 360));
    }

    [Fact]
    public void SignalThatIsMostlyCut_CannotBeTold()
    {
        var signal = StressCase.Person("sinus", 1, 60).Leads[0].Select((value, i) => Math.Clamp((20 * value) + (15 * MathF.Sin(i / 40f)), -1, 1)).ToArray();
        AssertCannotTell(EcgAnalyzer.Analyze(signal, 360));
    }

    [Fact]
    public void SignalWithAGapInEverySecond_CannotBeTold()
    {
        var person = StressCase.Person("sinus", 1, 60);
        var signal = person.Leads[0].Select((value, i) => i % (int)person.RateHz < person.RateHz * 0.3 ? float.NaN : value).ToArray();
        AssertCannotTell(EcgAnalyzer.Analyze(signal, person.RateHz));
    }

    [Fact]
    public void RateThatIsDeclaredFourTimesTooHigh_GivesNoRate()
    {
        var signal = new SyntheticEcg { Beats = SyntheticEcg.Regular(120, 75), RateHz = 250 }.Render(120);

        Assert.Null(EcgAnalyzer.Analyze(signal, 1000).HeartRate);
    }

    private static void AssertCannotTell(EcgAnalysis analysis)
    {
        Assert.True(analysis.Level >= SignalQuality.Poor, $"{analysis.Level}");
        Assert.Null(analysis.HeartRate);
        Assert.Equal([RhythmKind.CannotTell], analysis.Rhythm.Select(x => x.Kind).Distinct());
    }

    private static double Suspected(SyntheticPerson person)
        => EcgAnalyzer.Analyze(person.Leads[0], person.RateHz).Rhythm.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Sum(x => x.End - x.Start) / person.RateHz;
}
