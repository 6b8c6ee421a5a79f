using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Health.Signals.Tests.Rhythm;

/// <summary>Fibrillation is told from rhythms that are irregular by a rule, over many drawn rates, depths and patterns.</summary>
public class IrregularRhythmTests(ITestOutputHelper output)
{
    private const double Seconds = 240;
    private const int Seeds = 40;

    public static TheoryData<string> ByRule => [.. SyntheticIrregularRhythm.ByRule];

    public static TheoryData<string> Fibrillating => [.. SyntheticIrregularRhythm.Fibrillating];

    [Theory]
    [MemberData(nameof(ByRule))]
    public void IrregularByARule_IsNotSuspected(string name) => Assert.InRange(SuspectedShare(name), 0, 0.04);

    [Theory]
    [MemberData(nameof(Fibrillating))]
    public void Fibrillation_IsSuspected(string name) => Assert.InRange(SuspectedShare(name), 0.97, 1);

    private double SuspectedShare(string name)
    {
        var shares = Enumerable.Range(1, Seeds).Select(seed => SuspectedShare(name, seed)).ToList();
        output.WriteLine($"{name}: {100 * shares.Average():F1} %, from {100 * shares.Min():F1} to {100 * shares.Max():F1} %");
        return shares.Average();
    }

    private static double SuspectedShare(string name, int seed)
    {
        var random = new Random((7919 * seed) + name.Sum(letter => letter));
        var beats = MadeBeats.Of(SyntheticIrregularRhythm.Draw(name, random, Seconds), random);
        var end = (long)(Seconds * MadeBeats.RateHz);
        var segments = RhythmTracker.Track(beats, [new QualitySegment(0, end, SignalQuality.Good, SignalProblems.None)], end, MadeBeats.RateHz, new EcgOptions());
        return segments.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Sum(x => x.End - x.Start) / (double)end;
    }
}
