using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.Plugins.Health.Signals.Variability;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ppg;

public class PpgAnalyzerTests
{
    [Theory]
    [InlineData(45, 100, 1)]
    [InlineData(72, 25, 1)]
    [InlineData(72, 125, -1)]
    [InlineData(120, 60, 1)]
    [InlineData(160, 60, -1)]
    public void Pulses_AreFound(double rate, double sampleRate, double sign)
    {
        var ppg = new SyntheticPpg { BeatSeconds = Beats(90, rate), Sign = sign };
        var analysis = PpgAnalyzer.Analyze(ppg.Render(90, sampleRate), sampleRate);

        Assert.Equal(SignalQuality.Good, analysis.Level);
        Assert.InRange(analysis.PulseRate!.Value, rate * 0.985, rate * 1.015);
        Assert.InRange(analysis.Pulses.Count, ppg.BeatSeconds.Count - 1, ppg.BeatSeconds.Count + 1);
        var truth = HrvAnalyzer.Analyze(NnIntervals.Of(ppg.Intervals), 90);
        Assert.InRange(analysis.Variability.SdnnMs!.Value, truth.SdnnMs!.Value - 4, truth.SdnnMs.Value + 4);
        Assert.InRange(analysis.Variability.RmssdMs!.Value, truth.RmssdMs!.Value - 8, truth.RmssdMs.Value + 8);
        Assert.True(analysis.VariabilityQuality > 0.7);
    }

    [Fact]
    public void CameraFrames_AtUnevenTimes_AreTakenByTheirBestChannel()
    {
        var random = new Random(5);
        var ppg = new SyntheticPpg { BeatSeconds = Beats(60, 66), Sign = -1, Noise = 0.03 };
        var (times, frames) = (new List<double>(), new List<float>());
        for (var time = 5000.0; time < 65_000; time += 22 + (random.NextDouble() * 24))
        {
            times.Add(time);
            // The pulse is in the second channel; the first is noise, the third is dark.
            frames.AddRange([(float)SyntheticEcg.Gaussian(random), 180 + ppg.At((time - 5000) / 1000, random), 0]);
        }

        var analysis = PpgAnalyzer.Analyze([.. times], [.. frames], 3);

        Assert.All(analysis.Quality, segment => Assert.Equal(1, segment.Channel));
        Assert.InRange(analysis.PulseRate!.Value, 65, 67);
        Assert.All(analysis.Pulses, pulse => Assert.InRange(pulse.TimeMs, 5000, 65_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void NoFinger_IsNoSignal(float value)
    {
        var signal = new float[3000];
        Array.Fill(signal, value);
        var analysis = PpgAnalyzer.Analyze(signal, 50);

        Assert.Equal((SignalQuality.None, null), (analysis.Level, analysis.PulseRate));
        Assert.Empty(analysis.Pulses);
        Assert.Null(analysis.Variability.RmssdMs);
    }

    [Fact]
    public void Noise_GivesNoRate()
    {
        var analysis = PpgAnalyzer.Analyze(new SyntheticPpg { BeatSeconds = [], Noise = 1, Wander = 0 }.Render(90, 50), 50);

        Assert.Equal(SignalQuality.Poor, analysis.Level);
        Assert.Null(analysis.PulseRate);
        Assert.Null(analysis.Variability.MeanHeartRate);
    }

    [Fact]
    public void Movement_SpoilsItsStretchAlone()
    {
        var ppg = new SyntheticPpg { BeatSeconds = Beats(90, 70) };
        var signal = ppg.Render(90, 50);
        var random = new Random(2);
        for (var i = 2000; i < 2400; i++) signal[i] += (float)(20 * SyntheticEcg.Gaussian(random));
        var analysis = PpgAnalyzer.Analyze(signal, 50);

        Assert.InRange(analysis.PulseRate!.Value, 68, 72);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MotionBursts_AreSaidAndGiveNoFalseRate(int seed)
    {
        const int start = 40, end = 80;

        var ppg = new SyntheticPpg { BeatSeconds = Beats(120, 68) };
        var (signal, motion) = (ppg.Render(120, 50), SyntheticNoise.Make("em", 6000, 50, seed));
        for (var i = start * 50; i < end * 50; i++) signal[i] += 6 * motion[i];
        var analysis = PpgAnalyzer.Analyze(signal, 50);

        Assert.InRange(analysis.PulseRate!.Value, 66, 70);
        Assert.Contains(analysis.Quality, x => x.Level >= SignalQuality.Poor && x.Problems.HasFlag(SignalProblems.Noise) && x.StartMs < 1000 * end && x.EndMs > 1000 * start);
        // Within the bursts pulses that pass for clear are few.
        Assert.True(analysis.Pulses.Count(pulse => pulse is { TimeMs: > 1000 * (start + 5) and < 1000 * (end - 5), Quality: < SignalQuality.Poor }) < 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MotionWithoutAPulse_GivesNoRate(int seed)
        => Assert.Null(PpgAnalyzer.Analyze(SyntheticNoise.Make("em", 6000, 50, seed), 50).PulseRate);

    [Fact]
    public void Gap_IsSpannedByNoInterval()
    {
        var ppg = new SyntheticPpg { BeatSeconds = Beats(60, 70) };
        var random = new Random(1);
        var times = Enumerable.Range(0, 3000).Select(i => i * 20.0).Where(time => time is < 25_000 or > 31_000).ToArray();
        var analysis = PpgAnalyzer.Analyze(times, [.. times.Select(time => ppg.At(time / 1000, random))], 1);

        Assert.DoesNotContain(analysis.Pulses, pulse => pulse.TimeMs is > 25_000 and < 31_000);
        Assert.Equal(2, analysis.Pulses.Count(pulse => double.IsNaN(pulse.IntervalMs)));
    }

    [Fact]
    public void Frames_ThatAreLateOrNoNumbers_AreLeftOut()
    {
        var monitor = new PpgMonitor(1, new Ignoring());

        Assert.True(monitor.Push(100, [1]));
        Assert.False(monitor.Push(100, [2]));
        Assert.False(monitor.Push(50, [2]));
        Assert.False(monitor.Push(double.NaN, [2]));
        Assert.False(monitor.Push(200, [float.NaN]));
        Assert.True(monitor.Push(200, [2]));
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => monitor.Push(300, [1, 2])).Code);
        monitor.Complete();
        Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => monitor.Push(400, [1])).Code);
    }

    [Fact]
    public void Live_RateIsKnownWhileSignalComes()
    {
        var monitor = new PpgMonitor(1, new Ignoring());
        Assert.Null(monitor.PulseRate);

        var random = new Random(1);
        var ppg = new SyntheticPpg { BeatSeconds = Beats(40, 90) };
        for (var i = 0; i < 40 * 60; i++) monitor.Push(i * 1000.0 / 60, [ppg.At(i / 60.0, random)]);

        Assert.InRange(monitor.PulseRate!.Value, 88, 92);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1001)]
    public void Rate_OutOfRange_IsRefused(double rateHz)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => PpgAnalyzer.Analyze(new float[10], rateHz)).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void ShortSignals_AreAnalysed(int samples)
        => Assert.Null(PpgAnalyzer.Analyze(new SyntheticPpg { BeatSeconds = [0.2] }.Render(samples / 50.0, 50), 50).PulseRate);

    [SharedDataFact(SharedPpg.Folder)]
    public void SharedRecords_ReachTheirAims()
    {
        var (rates, sdnns, rmssds) = (new List<double>(), new List<double>(), new List<double>());
        for (var number = 1; number <= 6; number++)
        {
            var record = SharedPpg.Read(number);
            var analysis = PpgAnalyzer.Analyze(record.TimesMs, record.Frames, 3);
            var mean = record.ReferenceMs.Average();
            rates.Add(Math.Abs(analysis.PulseRate!.Value - (60_000 / mean)));
            if (analysis.Variability.SdnnMs is not { } sdnn) continue;
            sdnns.Add(Math.Abs(sdnn - Math.Sqrt(record.ReferenceMs.Sum(x => (x - mean) * (x - mean)) / (record.ReferenceMs.Length - 1))));
            rmssds.Add(Math.Abs(analysis.Variability.RmssdMs!.Value - Math.Sqrt(record.ReferenceMs.Zip(record.ReferenceMs.Skip(1), (a, b) => (b - a) * (b - a)).Average())));
        }

        Assert.True(rates.Average() <= 1, $"rate {string.Join(' ', rates)}");
        Assert.True(sdnns.Count >= 4 && sdnns.Average() <= 6, $"SDNN {string.Join(' ', sdnns)}");
        Assert.True(rmssds.Average() <= 10, $"RMSSD {string.Join(' ', rmssds)}");
    }

    private static double[] Beats(double seconds, double rate)
        => [.. SyntheticEcg.Intervals(seconds, (_, time) => 60 / rate * (1 + (0.04 * Math.Sin(2 * Math.PI * 0.2 * time)))).Select(beat => beat.Seconds - 0.4)];

    private sealed class Ignoring : IPpgObserver
    {
        public void OnPulse(in PpgPulse pulse)
        {
            // Only the monitor's own state is looked at.
        }

        public void OnSegment(in PpgSegment segment)
        {
            // The same.
        }
    }
}
