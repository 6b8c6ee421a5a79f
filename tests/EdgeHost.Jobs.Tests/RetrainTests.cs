using EdgeHost.Jobs.Retraining;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Tests;

public class RetrainTests
{
    private const string Rule = """, "retrain": {"after": 20, "at_most_every": 3600}""";

    [Fact]
    public async Task Job_WithARule_BeginsAgain_WithTheParametersOfBefore()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(100));
        var first = await bench.DoAsync(Specs.Clouds(more: Rule));

        await bench.RecordAsync("clouds", Specs.CloudExamples(19, seed: 2));
        bench.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await bench.Retraining.LookAsync(CancellationToken.None));
        await bench.RecordAsync("clouds", Specs.CloudExamples(21, seed: 3).Skip(20));
        Assert.Equal(0, await bench.Retraining.LookAsync(CancellationToken.None));
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await bench.Retraining.LookAsync(CancellationToken.None));
        var next = await bench.EndOfAsync(bench.Jobs.List(JobsBench.App)[0].Id);

        Assert.Equal((JobState.Done, first.Version, "1.0.0-local.2"), (next.State, next.Parent, next.Version));
        Assert.DoesNotContain(next.Warnings, static warning => warning.Contains("another one", StringComparison.Ordinal));
        Assert.True(next.Curve[0].Loss < first.Curve[0].Loss / 2, $"{next.Curve[0].Loss} after {first.Curve[0].Loss}");

        // Not again: neither the time nor the labels.
        await bench.RecordAsync("clouds", Specs.CloudExamples(40, seed: 4));
        Assert.Equal(0, await bench.Retraining.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Job_WaitsForTheEndOfABurst_ButNotForEver()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(40));
        await bench.DoAsync(Specs.Clouds(steps: 10, more: Rule));
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.RecordAsync("clouds", Specs.CloudExamples(20, seed: 2));

        Assert.Equal(0, await bench.Retraining.LookAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(5), bench.Retraining.Soon);
        for (var second = 4; second < 48; second += 4)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(4));
            await bench.RecordAsync("clouds", Specs.CloudExamples(1, seed: 100 + second));
            Assert.Equal(0, await bench.Retraining.LookAsync(CancellationToken.None));
        }

        bench.Time.Advance(TimeSpan.FromSeconds(6));
        await bench.RecordAsync("clouds", Specs.CloudExamples(1, seed: 99));
        Assert.Equal(1, await bench.Retraining.LookAsync(CancellationToken.None));
        Assert.Null(bench.Retraining.Soon);
    }

    [Fact]
    public async Task Watch_LooksSoonAfterSomethingWasRecorded()
    {
        await using var bench = new JobsBench(configure: static options => options.RetrainInterval = TimeSpan.FromDays(1));
        await bench.RecordAsync("clouds", Specs.CloudExamples(40));
        await bench.DoAsync(Specs.Clouds(steps: 10, more: Rule));
        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.Retraining.StartAsync(CancellationToken.None);

        await bench.RecordAsync("clouds", Specs.CloudExamples(20, seed: 2));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (bench.Jobs.List(JobsBench.App).Count < 2)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, patience.Token);
        }

        await bench.Retraining.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Buckets_CountMoreLabelsThanAListShows()
    {
        var (before, after) = (new LabelBuckets(), new LabelBuckets());
        LabelCount[] labels = [.. Enumerable.Range(0, 5_000).Select(static i => new LabelCount($"person {i}", 3))];
        before.Add(labels);
        after.Add([.. labels.SkipLast(1), new LabelCount("person 4999", 13)]);

        Assert.Equal(15_000, before.Counts.Values.Sum());
        Assert.InRange(before.Counts.Count, 2_000, 4_096);
        Assert.Equal(10, RetrainRule.CountChanges(before.Counts, after.Counts));
    }

    [Fact]
    public void CountChanges_CountsWhatIsNewAndWhatGotAnotherLabel()
    {
        var before = new Dictionary<string, long> { ["a"] = 10, ["b"] = 5 };

        Assert.Equal(0, RetrainRule.CountChanges(before, before));
        Assert.Equal(3, RetrainRule.CountChanges(before, new Dictionary<string, long> { ["a"] = 10, ["b"] = 6, ["c"] = 2 }));
        Assert.Equal(2, RetrainRule.CountChanges(before, new Dictionary<string, long> { ["a"] = 8, ["b"] = 7 }));
    }
}
