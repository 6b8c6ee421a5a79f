using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Tests;

public class SearchTests
{
    [Fact]
    public async Task Grid_TriesAll_AndTakesTheBestOnValidation_EachTimeTheSame()
    {
        const string More = """, "search": {"kind":"grid","parameters":{"optimiser.rate":[0.00001,0.01],"network.layers.hidden.width":[2,8]}}""";
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(200), validation: 0.3);

        var (first, second) = (await bench.DoAsync(Specs.Clouds(more: More)), await bench.DoAsync(Specs.Clouds(more: More)));

        Assert.Equal(4, first.Tried.Count);
        Assert.Equal(first.Tried.Select(Comparable), second.Tried.Select(Comparable));
        Assert.StartsWith("optimiser.rate = 0.01", first.Tried.MinBy(static tried => tried.Score)!.Settings, StringComparison.Ordinal);
        Assert.InRange(first.Metrics!.Accuracy!.Value, 0.9, 1);
    }

    [Fact]
    public async Task SuccessiveHalving_GivesTheBetterOnesMoreSteps()
    {
        await using var bench = new JobsBench();
        await bench.RecordAsync("clouds", Specs.CloudExamples(200), validation: 0.3);

        var job = await bench.DoAsync(Specs.Clouds(more: """, "search": {"kind":"successive_halving","eta":2,"parameters":{"optimiser.rate":[0.0000001,0.000001,0.0001,0.01]}}"""));

        Assert.Equal([4, 2, 1], job.Tried.GroupBy(static tried => tried.Round).OrderBy(static round => round.Key).Select(static round => round.Count()));
        Assert.Equal([100L, 200, 400], job.Tried.GroupBy(static tried => tried.Round).OrderBy(static round => round.Key).Select(static round => round.First().Steps));
        Assert.Equal("optimiser.rate = 0.01", job.Tried[^1].Settings);
        Assert.InRange(job.Metrics!.Accuracy!.Value, 0.9, 1);
    }

    private static string Comparable(TrialRecord tried) => $"{tried.Number} {tried.Settings} {tried.Steps} {tried.Loss:R} {tried.ValidationLoss:R} {tried.ValidationAccuracy}";
}
