using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Tests;

/// <summary>The example of the mission as a job like any other.</summary>
public class XorJobTests
{
    public static TheoryData<string, string, int> Recipes => new()
    {
        { """{"kind":"adam","rate":0.1}""", "binary_cross_entropy", 800 },
        { """{"kind":"sgd","rate":0.5,"momentum":0.9}""", "binary_cross_entropy", 2000 },
        { """{"kind":"adam","rate":0.1}""", "mean_squared_error", 800 },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task Job_OnExclusiveOr_LearnsIt(string optimiser, string loss, int steps)
    {
        await using var bench = new JobsBench();

        var job = await bench.DoAsync(Specs.Xor(optimiser, loss, steps));

        Assert.Equal((JobState.Done, string.Empty), (job.State, job.Reason));
        Assert.Equal(1, job.Metrics!.Accuracy);
        Assert.InRange(job.Metrics.Loss, 0, 0.03f);
        Assert.Equal("1.0.0-local.1", job.Version);
        Assert.True(job.Curve.Count > 50);
        Assert.True(job.Curve[0].Loss > job.Curve[^1].Loss);
        var model = (await bench.FindAsync("xor"))!;
        Assert.Equal(["0", "1"], model.Card.Labels);
        Assert.True(File.Exists(model.GraphPath));
    }

    [Fact]
    public async Task Job_WithRestarts_FindsASeedThatDoesNotStick()
    {
        await using var bench = new JobsBench();

        var job = await bench.DoAsync(Specs.Xor(loss: "mean_squared_error", more: """, "restarts": {"most": 10, "good_loss": 0.03}""").Replace("\"seed\": 3", "\"seed\": 1", StringComparison.Ordinal));

        Assert.Equal(JobState.Done, job.State);
        Assert.InRange(job.Metrics!.Loss, 0, 0.03f);
        Assert.All(job.Tried.SkipLast(1), static tried => Assert.True(tried.Score > 0.03f));
    }
}
