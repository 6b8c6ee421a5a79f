namespace EdgeHost.Benchmarks.Tests;

public class BenchmarkArgumentsTests
{
    [Fact]
    public void Parse_NamesAndOptions_AreRead()
    {
        var read = BenchmarkArguments.Parse(["runtime", "--repeat", "5", "idle", "--scale", "0.5", "--trace", "day.csv", "--only", "ours, raw"]);

        Assert.Equal(["runtime", "idle"], read.Names);
        Assert.Equal((5, 0.5, "day.csv"), (read.Repeat, read.Scale, read.Trace));
        Assert.Equal(["ours", "raw"], read.Only);
    }

    [Theory]
    [InlineData("--repeat")]
    [InlineData("--repeat", "0")]
    [InlineData("--repeat", "many")]
    [InlineData("--scale", "NaN")]
    [InlineData("--fast")]
    public void Parse_Wrong_IsRefused(params string[] arguments) => Assert.Throws<FormatException>(() => BenchmarkArguments.Parse(arguments));

    [Fact]
    public void Choose_Runtime_HasABenchmarkForEachRowOfItsTable()
    {
        var chosen = BenchmarkList.Choose(BenchmarkList.Create(), [BenchmarkList.RuntimeGroup], out var unknown);

        Assert.Empty(unknown);
        Assert.DoesNotContain("overhead", chosen.Select(benchmark => benchmark.Name));
    }

    [Fact]
    public void Choose_UnknownName_IsNamed()
    {
        BenchmarkList.Choose(BenchmarkList.Create(), ["idle", "faster"], out var unknown);

        Assert.Equal(["faster"], unknown);
    }
}
