using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests.Scheduling;

public sealed class LatencyModelTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Estimate_NothingRan_IsUnknown()
    {
        using var model = Create();

        Assert.Null(model.Estimate("m", "cpu", 1));
        Assert.Null(model.EstimateWithSpread("m", "cpu", null));
    }

    [Fact]
    public void Estimate_SteadyRuns_IsTheirTime()
    {
        using var model = Create();
        Observe(model, 1, 20, 10);

        Assert.Equal(10, model.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 1d);
        Assert.Null(model.Estimate("m", "gpu", 1));
        Assert.Null(model.Estimate("other", "cpu", 1));
    }

    [Fact]
    public void Estimate_SlowFirstRun_IsForgottenSoon()
    {
        using var model = Create();
        Observe(model, 1, 1, 500);
        Observe(model, 1, 8, 10);

        Assert.InRange(model.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 8, 25);
    }

    [Fact]
    public void Estimate_OneHiccup_HardlyMovesIt()
    {
        using var model = Create();
        Observe(model, 1, 50, 10);
        Observe(model, 1, 1, 5_000);

        Assert.InRange(model.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 9, 13);
    }

    [Fact]
    public void Estimate_LastingChange_IsFollowedWithinTwentyRuns()
    {
        using var model = Create();
        Observe(model, 1, 100, 10);
        Observe(model, 1, 20, 40);

        Assert.InRange(model.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 32, 48);
    }

    [Fact]
    public void EstimateWithSpread_NoisyRuns_IsCautious()
    {
        using var model = Create();
        for (var i = 0; i < 100; i++)
        {
            Observe(model, 1, 1, i % 2 == 0 ? 5 : 20);
        }

        var estimate = model.EstimateWithSpread("m", "cpu", 1)!.Value;

        Assert.InRange(estimate.Expected.TotalMilliseconds, 9, 17);
        Assert.InRange(estimate.Cautious.TotalMilliseconds, 16, 30);
    }

    [Fact]
    public void Estimate_OtherShape_FallsBackToTheTypicalStep()
    {
        using var model = Create();
        Observe(model, 1, 20, 10);

        Assert.Equal(10, model.Estimate("m", "cpu", 77)!.Value.TotalMilliseconds, 1d);
        Assert.Equal(10, model.Estimate("m", "cpu", null)!.Value.TotalMilliseconds, 1d);
    }

    [Fact]
    public void Observe_ExtremeTimes_KeepTheFiguresFinite()
    {
        using var model = Create();
        foreach (var time in new[] { TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.MaxValue, TimeSpan.FromSeconds(-1) })
        {
            model.Observe("m", "cpu", 1, time);
        }

        Assert.True(model.EstimateWithSpread("m", "cpu", 1)!.Value.Cautious > TimeSpan.Zero);
    }

    [Fact]
    public void Observe_MoreKeysThanAreKept_ForgetsTheLongestUnused()
    {
        using var model = Create();
        Observe(model, 1, 1, 10, "keep");
        for (var i = 0; i < 10_000; i++)
        {
            model.Observe("m", "cpu", i + 10, TimeSpan.FromMilliseconds(1));
            _ = model.Estimate("keep", "cpu", 1);
        }

        Assert.InRange(model.Count, 1, LatencyModel.KeyLimit + 1);
        Assert.Equal(10, model.Estimate("keep", "cpu", 1)!.Value.TotalMilliseconds, 1d);
    }

    [Fact]
    public void Restart_SameMachine_KnowsWhatItLearnedAndTrustsItLess()
    {
        using (var first = Create())
        {
            Observe(first, 1, 1_000, 10);
        }

        using var second = Create();
        Assert.Equal(10, second.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 1d);
        Observe(second, 1, 5, 40);
        Assert.InRange(second.Estimate("m", "cpu", 1)!.Value.TotalMilliseconds, 28, 48);
    }

    [Fact]
    public void Write_AfterTheDelay_HappensOnceForManyObservations()
    {
        using var model = Create();
        Observe(model, 1, 5, 10);
        Assert.False(File.Exists(Path.Combine(_folder.Path, LatencyModel.FileName)));
        _time.Advance(LatencyModel.WriteDelay);

        Assert.True(File.Exists(Path.Combine(_folder.Path, LatencyModel.FileName)));
    }

    [Fact]
    public void Restart_OtherMachine_LearnsAfresh()
    {
        using (var first = Create())
        {
            Observe(first, 1, 10, 10);
        }

        var path = Path.Combine(_folder.Path, LatencyModel.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace(Environment.MachineName, "elsewhere", StringComparison.Ordinal));

        using var second = Create();
        Assert.Null(second.Estimate("m", "cpu", 1));
    }

    [Fact]
    public void Restart_DamagedFile_IsDoneWithout()
    {
        using (var first = Create())
        {
            Observe(first, 1, 10, 10);
        }

        var path = Path.Combine(_folder.Path, LatencyModel.FileName);
        var content = File.ReadAllBytes(path);
        for (var length = 0; length < content.Length; length += 7)
        {
            File.WriteAllBytes(path, content[..length]);
            using var damaged = Create();
            Assert.Null(damaged.Estimate("m", "cpu", 1));
        }

        var text = Encoding.UTF8.GetString(content);
        foreach (var bad in new[] { "1e999", "\"x\"", "null", "[]", "9e9" })
        {
            File.WriteAllText(path, Regex.Replace(text, "\"log_milliseconds\":[^,]*", $"\"log_milliseconds\":{bad}", RegexOptions.NonBacktracking));
            using var damaged = Create();
            Assert.Null(damaged.Estimate("m", "cpu", 1));
        }
    }

    [Fact]
    public async Task Soak_ObservedAndReadFromManyThreads_StaysSane()
    {
        using var model = Create();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                model.Observe("m", "cpu", random.Next(6_000), TimeSpan.FromMilliseconds(1 + random.NextDouble()));
                var estimate = model.EstimateWithSpread("m", "cpu", random.Next(6_000));
                if (estimate is { } known) Assert.InRange(known.Expected.TotalMilliseconds, 0.5, 4);
            }
        })));

        Assert.InRange(model.Count, 1, LatencyModel.KeyLimit + 8);
    }

    private static void Observe(LatencyModel model, long bucket, int times, double milliseconds, string name = "m")
    {
        for (var i = 0; i < times; i++)
        {
            model.Observe(name, "cpu", bucket, TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    private LatencyModel Create()
        => new(Options.Create(new EdgeHostRuntimeOptions { StateFolder = _folder.Path }), _time, new Logger<LatencyModel>(_log));
}
