using CsCheck;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

public class EcgMonitorTests
{
    [Fact]
    public void Pieces_GiveWhatTheWholeGives()
        => Gen.Select(Gen.Int[1, 1000], Gen.Int[1, 3000]).Sample((seed, most) =>
        {
            var signal = Disturbed(seed);
            var whole = new CollectingObserver();
            var all = new EcgMonitor(360, whole);
            all.Push(signal);
            all.Complete();
            var pieces = new CollectingObserver();
            var monitor = new EcgMonitor(360, pieces);
            var random = new Random(seed);
            for (var at = 0; at < signal.Length;)
            {
                var length = Math.Min(signal.Length - at, random.Next(1, most + 1));
                monitor.Push(signal.AsSpan(at, length));
                at += length;
            }

            monitor.Complete();
            Assert.NotEmpty(whole.Beats);
            Assert.Equal(whole.Beats, pieces.Beats);
            Assert.Equal(whole.Rhythm, pieces.Rhythm);
            Assert.Equal(whole.Quality, pieces.Quality);
        }, iter: 20, threads: 1);

    [Theory]
    [InlineData("fibrillation", "em")]
    [InlineData("bigeminy", "ma")]
    public void Pieces_OfANoisySignal_GiveWhatTheWholeGives(string scenario, string kind)
    {
        var person = StressCase.Person(scenario, 1, 180);
        var signal = person.Noisy(0, kind, 6);
        var whole = EcgAnalyzer.Analyze(signal, person.RateHz);
        var pieces = new CollectingObserver();
        var monitor = new EcgMonitor(person.RateHz, pieces);
        for (var at = 0; at < signal.Length; at += 77) monitor.Push(signal.AsSpan(at, Math.Min(77, signal.Length - at)));
        monitor.Complete();

        Assert.Equal(whole.Beats, pieces.Beats);
        Assert.Equal(whole.Rhythm, pieces.Rhythm);
    }

    [Fact]
    public void Live_FollowsTheSignal()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(30, 80) };
        var monitor = new EcgMonitor(ecg.RateHz, new CollectingObserver());
        Assert.Equal(new EcgLiveState(null, SignalQuality.None, null, 0), monitor.Live);

        monitor.Push(ecg.Render(30));
        Assert.InRange(monitor.Live.HeartRate!.Value, 78, 82);
        Assert.Equal(SignalQuality.Good, monitor.Live.Quality);
        Assert.InRange(monitor.Live.SecondsSinceBeat!.Value, 0, 2.5);

        // Asystole with a signal: noise goes on, beats do not.
        monitor.Push(new SyntheticEcg { Beats = [], Noise = 0.02 }.Render(6));
        Assert.InRange(monitor.Live.SecondsSinceBeat!.Value, 6, 8.5);
        Assert.Null(monitor.Live.HeartRate);
    }

    [Fact]
    public void CompletedSignal_TakesNoMore()
    {
        var monitor = new EcgMonitor(360, new CollectingObserver());
        monitor.Complete();
        monitor.Complete();

        Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => monitor.Push([1])).Code);
    }

    private static float[] Disturbed(int seed)
    {
        var random = new Random(seed);
        var ecg = new SyntheticEcg
        {
            Beats = random.Next(2) == 0 ? SyntheticEcg.Irregular(60, 80, seed) : SyntheticEcg.WithEctopics(60, 70, 5),
            Noise = random.NextDouble() * 0.2,
            Wander = random.NextDouble() * 2,
            Seed = seed,
        };
        var signal = ecg.Render(60);
        signal.AsSpan(random.Next(15_000), random.Next(1, 5_000)).Fill(random.Next(2) == 0 ? float.NaN : 0.5f);
        return signal;
    }
}
