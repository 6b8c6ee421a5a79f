using EdgeHost.Benchmarks.Simulation;

namespace EdgeHost.Benchmarks.Tests.Simulation;

public class TraceGeneratorTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void Generate_Load_IsTheDeviceTimeAskedFor(double load)
    {
        var steps = new TraceGenerator(Workload.Mixed, seed: 1).Generate(device: 0, load, TimeSpan.FromHours(1));

        var asked = steps.Sum(step => step.Run.TotalSeconds) / 3600;
        Assert.InRange(asked, 0.97 * load, 1.03 * load);
        foreach (var app in steps.GroupBy(step => step.App)) Assert.InRange(app.Sum(step => step.Run.TotalSeconds) / 3600, 0.22 * load, 0.28 * load);
    }

    [Fact]
    public void Generate_Steps_AreInOrderAndHaveDeadlinesLongerThanTheirModelTakes()
    {
        var steps = new TraceGenerator(Workload.Mixed, seed: 2).Generate(device: 3, load: 1, TimeSpan.FromMinutes(5));

        Assert.Equal(steps.OrderBy(step => step.At), steps);
        var means = Workload.Mixed.Apps.SelectMany(app => app.Models).Select(entry => entry.Model).Distinct().ToDictionary(model => model.Name, model => model.Milliseconds);
        Assert.All(steps, step => Assert.True(step.Deadline!.Value.TotalMilliseconds >= 25 * means[step.Model]));
    }

    [Fact]
    public void Generate_OtherDeviceOrSeed_DiffersAndTheSameRepeats()
    {
        var duration = TimeSpan.FromSeconds(20);
        var first = new TraceGenerator(Workload.Mixed, seed: 7).Generate(0, 1, duration);

        Assert.Equal(first, new TraceGenerator(Workload.Mixed, seed: 7).Generate(0, 1, duration));
        Assert.NotEqual(first, new TraceGenerator(Workload.Mixed, seed: 7).Generate(1, 1, duration));
        Assert.NotEqual(first, new TraceGenerator(Workload.Mixed, seed: 8).Generate(0, 1, duration));
    }

    [Fact]
    public void LogNormal_ManyDraws_HasTheMeanAndSpreadAskedFor()
    {
        var random = new Random(3);
        var draws = Enumerable.Range(0, 200_000).Select(_ => TraceGenerator.LogNormal(random, mean: 20, variation: 0.4)).ToArray();

        var mean = draws.Average();
        var deviation = Math.Sqrt(draws.Average(draw => (draw - mean) * (draw - mean)));
        Assert.InRange(mean, 19.8, 20.2);
        Assert.InRange(deviation / mean, 0.39, 0.41);
    }
}
