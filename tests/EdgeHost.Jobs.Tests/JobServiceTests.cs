using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Jobs.Tests;

public class JobServiceTests
{
    private static readonly ExampleOwner Other = new("other", 1000);

    [Fact]
    public async Task Job_OnADataset_IsMeasuredWithWhatWasKeptApart()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(300));

        var job = await bench.DoAsync(Specs.Clouds());

        Assert.Equal((JobState.Done, string.Empty), (job.State, job.Reason));
        Assert.True(job.Metrics!.IsHeldOut);
        Assert.InRange(job.Metrics.Accuracy!.Value, 0.95, 1);
        Assert.Equal(job.Metrics.Examples, job.Metrics.Confusion.Sum(static row => row.Sum()));
        Assert.Contains(job.Curve, static point => point.ValidationAccuracy > 0.9);
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.Folder, "jobs", job.Id), "*.checkpoint"));
        var lineage = File.ReadAllText(Path.Combine((await bench.FindAsync("clouds"))!.Folder, "lineage.json"));
        Assert.Contains(job.DataHash!, lineage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_AfterStopsOfTheHost_ComesToTheSameBits()
    {
        using var folder = new TestKit.TempFolder();
        var spec = Specs.Clouds(steps: 3_000, more: """, "schedule": {"warm_up": 10, "cosine": true}, "clip": 1""");
        string id;
        await using (var first = new JobsBench(folder.Path))
        {
            await first.RecordAsync("clouds", Specs.CloudExamples(200));
            await first.DoAsync(spec);
            await first.StopAsync();
            id = (await first.Jobs.StartAsync(JobsBench.App, spec, CancellationToken.None)).Id;
        }

        for (var stop = 1; stop <= 4; stop++)
        {
            await using var next = new JobsBench(folder.Path);
            await next.StartAsync();
            await next.UntilAsync(id, record => record.HasEnded || record.Step >= stop * 500);
            await next.StopAsync();
        }

        await using var last = new JobsBench(folder.Path);
        await last.StartAsync();
        var end = await last.EndOfAsync(id);

        Assert.Equal((JobState.Done, string.Empty), (end.State, end.Reason));
        Assert.Equal(await GraphAsync(last, "1.0.0-local.1"), await GraphAsync(last, "1.0.0-local.2"));
    }

    [Fact]
    public async Task Job_WhoseExamplesChanged_BeginsAnew()
    {
        using var folder = new TestKit.TempFolder();
        string id;
        await using (var first = new JobsBench(folder.Path))
        {
            await first.RecordAsync("clouds", Specs.CloudExamples(100));
            id = (await first.Jobs.StartAsync(JobsBench.App, Specs.Clouds(steps: 100_000), CancellationToken.None)).Id;
            await first.StartAsync();
            await first.UntilAsync(id, static record => record.Step > 500);
        }

        await using var next = new JobsBench(folder.Path);
        await next.RecordAsync("clouds", Specs.CloudExamples(1).Select(static example => (example.Values, (string?)"right")));
        await next.StartAsync();
        var running = await next.UntilAsync(id, static record => record.Warnings.Any(static warning => warning.Contains("began anew", StringComparison.Ordinal)));

        Assert.False(running.HasEnded);
        Assert.Equal(JobState.Cancelled, (await next.Jobs.CancelAsync(JobsBench.App, id, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Job_RestsWhileTheMachineWantsIt_AndSaysWhy()
    {
        await using var bench = new JobsBench();
        await bench.StartAsync();
        var id = (await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(steps: 4_000_000), CancellationToken.None)).Id;
        await bench.UntilAsync(id, static record => record.Step > 0);

        bench.Conditions.Set(MachineConditions.Good with { MinimumPriority = CallPriority.Background, Reason = "the machine runs from its battery" });
        var paused = await bench.UntilAsync(id, static record => record.State == JobState.Paused);
        bench.Conditions.Set(MachineConditions.Good);
        var gone = await bench.UntilAsync(id, record => record.State == JobState.Running && record.Step > paused.Step);

        Assert.Equal("the machine runs from its battery", paused.Reason);
        Assert.Equal(string.Empty, gone.Reason);
        Assert.Equal(JobState.Cancelled, (await bench.Jobs.CancelAsync(JobsBench.App, id, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Job_WithoutMemory_GivesItBack_AndGoesOnFromItsCheckpoint()
    {
        await using var bench = new JobsBench();
        await bench.StartAsync();
        var id = (await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(steps: 4_000_000), CancellationToken.None)).Id;
        await bench.UntilAsync(id, static record => record.Step > 0);

        bench.Conditions.Set(MachineConditions.Good with { Memory = MemoryPressureLevel.Severe, Reason = "memory is short" });
        var paused = await bench.UntilAsync(id, static record => record.State == JobState.Paused);
        using (var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1)))
        {
            while (Directory.GetFiles(Path.Combine(bench.Folder, "jobs", id), "*.checkpoint").Length == 0) await Task.Delay(10, patience.Token);
        }

        bench.Conditions.Set(MachineConditions.Good);

        await bench.UntilAsync(id, record => record.State == JobState.Running && record.Step > paused.Step);
        await bench.Jobs.CancelAsync(JobsBench.App, id, CancellationToken.None);
    }

    [Fact]
    public async Task Job_WithoutRoomInTheBudget_RestsUntilThereIs()
    {
        await using var bench = new JobsBench();
        var memory = bench.Get<IMemoryReservations>();
        var others = memory.Reserve("somebody else", memory.CapacityBytes);
        await bench.StartAsync();
        var id = (await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(steps: 200), CancellationToken.None)).Id;

        var paused = await bench.UntilAsync(id, static record => record.State == JobState.Paused);
        Assert.Contains($"The training job {id} of app needs", paused.Reason, StringComparison.Ordinal);
        Assert.Contains("can be freed", paused.Reason, StringComparison.Ordinal);

        others.Dispose();
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(JobState.Done, (await bench.EndOfAsync(id)).State);
        memory.Reserve("all of it, as the job gave its part back", memory.CapacityBytes).Dispose();
        var log = bench.Get<IDecisionLog>().Find("app/xor", DecisionKind.Job, 10).Select(static decision => decision.Text).Reverse().ToList();
        Assert.Equal(4, log.Count);
        Assert.Contains("begins", log[0], StringComparison.Ordinal);
        Assert.Contains("rests: The training job", log[1], StringComparison.Ordinal);
        Assert.Contains("goes on", log[2], StringComparison.Ordinal);
        Assert.Contains("is done after", log[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_BeyondTheWholeBudget_FailsWithTheFigures()
    {
        await using var bench = new JobsBench(add: static services => services.Configure<EdgeHostRuntimeOptions>(static options => options.Pool.BudgetBytes = 1 << 20));
        await bench.RecordAsync("clouds", Specs.CloudExamples(60));

        var ended = await bench.DoAsync(Specs.Clouds(width: 100_000));

        Assert.Equal(JobState.Failed, ended.State);
        Assert.Contains("1 MiB are allowed (Runtime:Pool:BudgetBytes)", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_WithAFullDisk_Rests_AndGoesOn()
    {
        using var folder = new TestKit.TempFolder();
        await using var bench = new JobsBench(folder.Path, static options => (options.FreeSpaceReserveBytes, options.CheckpointInterval) = (1L << 40, TimeSpan.FromSeconds(2)));
        await bench.StartAsync();
        var id = (await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(steps: 4_000_000), CancellationToken.None)).Id;
        await bench.UntilAsync(id, static record => record.Step > 0);

        bench.Time.Advance(TimeSpan.FromSeconds(3));
        var paused = await bench.UntilAsync(id, static record => record.State == JobState.Paused);
        bench.Get<Microsoft.Extensions.Options.IOptions<JobOptions>>().Value.FreeSpaceReserveBytes = 0;
        bench.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("goes on from its last checkpoint", paused.Reason, StringComparison.Ordinal);
        await bench.UntilAsync(id, static record => record.State == JobState.Running && record.Step > 0);
        await bench.Jobs.CancelAsync(JobsBench.App, id, CancellationToken.None);
    }

    [Fact]
    public async Task Job_ThatDiverges_FailsWithTheStep_AndKeepsTheLastGoodParameters()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(100).Select(static example => (Array.ConvertAll(example.Values, static value => value * 1e18f), example.Label)));

        var job = await bench.DoAsync(Specs.Clouds().Replace("\"kind\": \"adam\", \"rate\": 0.01", "\"kind\": \"sgd\", \"rate\": 100000", StringComparison.Ordinal)
            .Replace("\"activation\": \"tanh\"", "\"activation\": \"relu\"", StringComparison.Ordinal));

        Assert.Equal(JobState.Failed, job.State);
        Assert.Matches(@"Step \d+ went wrong", job.Reason);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(bench.Folder, "jobs", job.Id), "last-good-*.onnx"));
    }

    [Fact]
    public async Task Job_OfAnotherApp_IsNotFound()
    {
        await using var bench = new JobsBench();
        var job = await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(), CancellationToken.None);

        Assert.Empty(bench.Jobs.List(Other));
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<EdgeHostException>(() => bench.Jobs.Get(Other, job.Id)).Code);
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => bench.Jobs.CancelAsync(new ExampleOwner("app", 1001), job.Id, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task Jobs_BeyondALimit_AreRefused()
    {
        await using var bench = new JobsBench(configure: static options => (options.MaxAppJobs, options.QueueLimit) = (2, 3));
        for (var i = 0; i < 2; i++) await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(), CancellationToken.None);

        var own = await Assert.ThrowsAsync<EdgeHostException>(() => bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(), CancellationToken.None));
        await bench.Jobs.StartAsync(Other, Specs.Xor(), CancellationToken.None);
        var all = await Assert.ThrowsAsync<EdgeHostException>(() => bench.Jobs.StartAsync(Other, Specs.Xor(), CancellationToken.None));

        Assert.Contains("Jobs:MaxAppJobs", own.Message, StringComparison.Ordinal);
        Assert.Contains("Jobs:QueueLimit", all.Message, StringComparison.Ordinal);
        Assert.Equal((ErrorCode.ResourceExhausted, ErrorCode.ResourceExhausted), (own.Code, all.Code));
    }

    [Fact]
    public async Task Job_WhoseConsentIsTakenBack_Ends()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(100));
        await bench.StartAsync();
        var id = (await bench.Jobs.StartAsync(JobsBench.App, Specs.Clouds(steps: 4_000_000), CancellationToken.None)).Id;
        await bench.UntilAsync(id, static record => record.Step > 0);

        Assert.Equal(0, await bench.Jobs.EndForbiddenAsync(CancellationToken.None));
        await bench.Get<Learning.Consents.ConsentStore>().SetAsync(JobsBench.App, "tests", isGranted: false);
        Assert.Equal(1, await bench.Jobs.EndForbiddenAsync(CancellationToken.None));

        var job = bench.Jobs.Get(JobsBench.App, id);
        Assert.Equal(JobState.Cancelled, job.State);
        Assert.Contains("tests", job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_ThatAreNoJobs_AreLeftAlone()
    {
        await using var bench = new JobsBench();
        var (other, unfinished) = (Path.Combine(bench.Folder, "jobs", "photos"), Path.Combine(bench.Folder, "jobs", "0123456789abcdef"));
        Directory.CreateDirectory(other);
        Directory.CreateDirectory(unfinished);

        Assert.Empty(bench.Jobs.List(JobsBench.App));

        Assert.True(Directory.Exists(other));
        Assert.False(Directory.Exists(unfinished));
    }

    [Theory]
    [InlineData(2_000_000_000, "")]
    [InlineData(8, """, "search": {"kind":"grid","parameters":{"network.layers.hidden.width":[8,1000000000]}}""")]
    public async Task Job_ThatNeedsTooMuchMemory_IsRefusedWithTheFigures(int width, string more)
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(10));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => bench.Jobs.StartAsync(JobsBench.App, Specs.Clouds(width: width, more: more), CancellationToken.None));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("Jobs:MaxMemoryBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_OfTwoApps_TakeTurns()
    {
        await using var bench = new JobsBench();
        var ids = new List<(ExampleOwner Owner, string Id)>();
        foreach (var owner in new[] { JobsBench.App, JobsBench.App, JobsBench.App, Other })
        {
            ids.Add((owner, (await bench.Jobs.StartAsync(owner, Specs.Xor(steps: 10), CancellationToken.None)).Id));
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // The clock stands while they run: what began when is told by the order in which they end.
        await bench.StartAsync();
        await bench.EndOfAsync(ids[3].Id, Other);
        var left = ids.Take(3).Count(job => !bench.Jobs.Get(job.Owner, job.Id).HasEnded);
        foreach (var (owner, id) in ids) await bench.EndOfAsync(id, owner);

        Assert.InRange(left, 1, 2);
    }

    [Fact]
    public async Task Jobs_OneAtATime_AreAllDone()
    {
        await using var bench = new JobsBench(configure: static options => options.Running = 1);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await bench.Jobs.StartAsync(JobsBench.App, Specs.Xor(steps: 10), CancellationToken.None)).Id);

        await bench.StartAsync();

        foreach (var id in ids) Assert.Equal(JobState.Done, (await bench.EndOfAsync(id)).State);
    }

    [Fact]
    public async Task Job_OverItsTime_HasTheBestUntilThen()
    {
        await using var bench = new JobsBench(add: static services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, TimeProvider.System));
        await bench.RecordAsync("clouds", Specs.CloudExamples(200));

        var job = await bench.DoAsync(Specs.Clouds(steps: 100_000_000, more: """, "limits": {"time": 0.5}, "validate_every": 100"""));

        Assert.Equal((JobState.Done, string.Empty), (job.State, job.Reason));
        Assert.Contains(job.Warnings, static warning => warning.StartsWith("The time of the job was used up after", StringComparison.Ordinal));
        Assert.InRange(job.Metrics!.Accuracy!.Value, 0.8, 1);
    }

    private static async Task<byte[]> GraphAsync(JobsBench bench, string version) => await File.ReadAllBytesAsync((await bench.FindAsync("clouds", version))!.GraphPath);
}
