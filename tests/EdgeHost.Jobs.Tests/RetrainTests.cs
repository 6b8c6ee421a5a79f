using EdgeHost.Jobs.Retraining;
using EdgeHost.Jobs.Storage;

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
    public void CountChanges_CountsWhatIsNewAndWhatGotAnotherLabel()
    {
        var before = new Dictionary<string, long> { ["a"] = 10, ["b"] = 5 };

        Assert.Equal(0, RetrainRule.CountChanges(before, before));
        Assert.Equal(3, RetrainRule.CountChanges(before, new Dictionary<string, long> { ["a"] = 10, ["b"] = 6, ["c"] = 2 }));
        Assert.Equal(2, RetrainRule.CountChanges(before, new Dictionary<string, long> { ["a"] = 8, ["b"] = 7 }));
    }
}
