using EdgeHost.Capabilities.Host;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;
using TestPlugins.ModelRunner;

namespace EdgeHost.IntegrationTests;

/// <summary>Models, plugins and callers that misbehave: each costs its own call a typed error, and the host goes on.</summary>
public class FaultTests
{
    private const long Endless = long.MaxValue;
    private static readonly TestModel Good = new("good", OnnxGraph.MatMul(16, 0.5f).ToModel());
    private static readonly TestModel Loop = new("loop", OnnxGraph.Loop(16, Endless).ToModel());

    [Fact]
    public async Task Model_OfGarbage_IsInvalidArgumentAndTheHostGoesOn()
    {
        var garbage = new byte[4096];
        new Random(1).NextBytes(garbage);
        var cut = Good.Graph[..(Good.Graph.Length / 2)];
        await using var host = await RunnerHost.StartAsync([Good, new TestModel("garbage", garbage), new TestModel("cut", cut), new TestModel("empty", [0])]);
        await using var client = await host.ConnectAsync("app");

        foreach (var model in (string[])["garbage", "cut", "empty"])
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.RunAsync(model));
            Assert.True(error.Code == ErrorCode.InvalidArgument, $"{model}: {error.Code}: {error.Message}");
            Assert.Contains($"'{model}@1.0.0' is not a model that ONNX Runtime can load", error.Message, StringComparison.Ordinal);
        }

        await client.RunAsync("good");
        var stats = await host.UntilStatsAsync("nothing is charged but the good model", s => s.Pool.Leases == 0 && s.Models.Where(m => m.Model != "good@1.0.0").All(m => m.Bytes == 0));
        Assert.Equal(stats.Models.Sum(model => model.Bytes), stats.Pool.UsedBytes);
        Assert.Equal(DeviceHealthStatus.Healthy, stats.Devices.Single(device => device.Id == "cpu").Health);
    }

    [Fact]
    public async Task Model_LargerThanTheBudget_IsRefusedWithBothFigures()
    {
        var large = new TestModel("large", Good.Graph) { MemoryBytes = 300L << 20 };
        var settings = new Dictionary<string, string> { ["Runtime:Pool:BudgetBytes"] = "100 MiB" };
        await using var host = await RunnerHost.StartAsync([Good, large], settings);
        await using var client = await host.ConnectAsync("app");

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.RunAsync("large"));
        var stats = await host.Diagnostics.StatsAsync();
        await client.RunAsync("good");

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("300.0 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("100.0 MiB", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (stats.Pool.Loads, stats.Pool.UsedBytes));
    }

    [Fact]
    public async Task Model_ThatLoopsForEver_IsStoppedByTheStepLimit()
    {
        await using var host = await RunnerHost.StartAsync([Good, Loop], WithLimit("00:00:00.500"));
        await using var client = await host.ConnectAsync("app");

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.RunAsync("loop"));
        var after = await client.RunAsync("good");
        var stats = await host.UntilStatsAsync("the processor is free", IsAtRest);
        var explained = await host.VerbAsync("explain", "loop");

        Assert.True(error.Code == ErrorCode.DeadlineExceeded, $"{error.Code}: {error.Message}");
        Assert.Contains("loop@1.0.0", error.Message, StringComparison.Ordinal);
        Assert.Equal(["cpu"], after.Devices);
        Assert.Equal(DeviceHealthStatus.Healthy, stats.Devices.Single(device => device.Id == "cpu").Health);
        Assert.Contains("loop@1.0.0", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_Full_RefusesAtOnceAndSaysWhenToComeBack()
    {
        var settings = WithLimit("00:10:00");
        settings["Runtime:Scheduling:QueueLimit"] = "2";
        settings["Runtime:Scheduling:Concurrency"] = """{ "cpu": 1 }""";
        await using var host = await RunnerHost.StartAsync([Loop], settings);
        await using var client = await host.ConnectAsync("app");
        using var stop = new CancellationTokenSource();
        Task[] calls = [client.RunAsync("loop", cancellationToken: stop.Token)];
        await host.UntilStatsAsync("one step runs", s => s.Devices.Any(d => d is { Running: 1 }));
        calls = [.. calls, client.RunAsync("loop", cancellationToken: stop.Token), client.RunAsync("loop", cancellationToken: stop.Token)];
        await host.UntilStatsAsync("two steps wait", s => s.Devices.Any(d => d is { QueuedNormal: 2 }));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.RunAsync("loop"));
        await stop.CancelAsync();
        foreach (var call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.NotNull(error.RetryAfter);
        Assert.Contains("'cpu'", error.Message, StringComparison.Ordinal);
        var stats = await host.UntilStatsAsync("nothing runs or waits", IsAtRest);
        Assert.Equal(1, stats.Devices.Single(device => device.Id == "cpu").Rejected);
    }

    [Fact]
    public async Task Client_Vanishes_ItsStepsStopAndLeave()
    {
        var settings = WithLimit("00:10:00");
        settings["Runtime:Scheduling:Concurrency"] = """{ "cpu": 1 }""";
        await using var host = await RunnerHost.StartAsync([Good, Loop], settings);
        await using var other = await host.ConnectAsync("other");
        var client = await host.ConnectAsync("vanishing");
        Task[] calls = [.. Enumerable.Range(0, 4).Select(_ => client.RunAsync("loop"))];
        await host.UntilStatsAsync("one step runs and three wait", s => s.Devices.Any(d => d is { Running: 1, QueuedNormal: 3 }));

        await client.DisposeAsync();

        var stats = await host.UntilStatsAsync("nothing runs or waits", IsAtRest);
        foreach (var call in calls) Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => call)).Code);
        Assert.Equal(4, stats.Devices.Single(device => device.Id == "cpu").Cancelled);
        Assert.Equal(["cpu"], (await other.RunAsync("good")).Devices);
    }

    [Fact]
    public async Task Health_WhileALoopHoldsTheProcessor_IsStuckAndReadyAgainAfterIt()
    {
        var settings = WithLimit("00:10:00");
        settings["Runtime:Scheduling:Concurrency"] = """{ "cpu": 1 }""";
        settings["Runtime:Health:RunLimit"] = "00:00:01";
        settings["Runtime:Health:ProgressLimit"] = "00:00:01";
        settings["Runtime:Health:ResultLifetime"] = "00:00:00";
        await using var host = await RunnerHost.StartAsync([Good, Loop], settings);
        await using var client = await host.ConnectAsync("app");
        await using var other = await host.ConnectAsync("other");
        using var stop = new CancellationTokenSource();
        var loop = client.RunAsync("loop", cancellationToken: stop.Token);
        await host.UntilStatsAsync("the loop runs", s => s.Devices.Any(d => d is { Running: 1 }));
        var behind = other.RunAsync("good");

        var stuck = await host.UntilHealthAsync("stuck", h => h.Status == HealthStatus.Stuck);
        await stop.CancelAsync();
        await host.UntilHealthAsync("ready", h => h.Status == HealthStatus.Ready);

        Assert.Contains(stuck.Problems, problem => problem.Contains("loop@1.0.0", StringComparison.Ordinal));
        Assert.Equal(["cpu"], (await behind).Devices);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task Call_WhoseDeadlinePassesInARun_StopsIt()
    {
        await using var host = await RunnerHost.StartAsync([Loop], WithLimit("00:10:00"));
        await using var client = await host.ConnectAsync("app");

        var error = await Assert.ThrowsAsync<EdgeHostException>(
            () => client.RunAsync(new RunRequest { Model = "loop" }, new CallOptions { Deadline = TimeSpan.FromMilliseconds(500) }));

        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
        await host.UntilStatsAsync("nothing runs or waits", IsAtRest);
    }

    [Theory]
    [InlineData("leaking.lease", "lease")]
    [InlineData("leaking.run", "lease under a run")]
    public async Task Plugin_ThatForgetsItsLeases_IsNamedAndTheyAreTakenBack(string method, string what)
    {
        var model = new TestModel("leaked", (method == "leaking.run" ? Loop : Good).Graph);
        await using var host = await RunnerHost.StartAsync([model], WithLimit("00:10:00"), "Leaking");
        await using var client = await host.ConnectAsync("app");

        for (var i = 0; i < 3; i++) await client.CallAsync(method, new byte[] { 0x80 });
        var stats = await host.UntilStatsAsync($"no {what} is left, six are counted", seen => IsAtRest(seen) && seen.Plugins.Single(plugin => plugin.Id == "test.leaking").LeakedLeases == 6);

        // The log is written by a thread of its own.
        var named = $"{method} of test.leaking did not dispose its lease of leaked@1.0.0";
        await Until.HoldsAsync(
            named, () => Task.FromResult(host.Process.Output), printed => printed.Contains(named, StringComparison.Ordinal), _ => "it is not in the log", () => host.Process.Output);
        Assert.Contains(stats.Models, entry => entry is { Model: "leaked@1.0.0", Leases: 0 });
    }

    private static Dictionary<string, string> WithLimit(string limit) => new() { ["Runtime:Scheduling:StepTimeLimit"] = limit, ["Runtime:Scheduling:HangFloor"] = limit };

    private static bool IsAtRest(StatsResponse stats)
        => stats is { ActiveCalls: 0, Pool.Leases: 0 }
            && stats.Devices.All(static d => d is { Running: 0, QueuedInteractive: 0, QueuedNormal: 0, QueuedBackground: 0, QueuedTraining: 0 });
}
