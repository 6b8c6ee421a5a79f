using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>How often events are gone through.</summary>
public class PairwiseOptionsTests
{
    [Theory]
    [InlineData(40, 0, 40)]
    [InlineData(40, 1_000, 40)]
    [InlineData(40, 250_000, 40)]
    [InlineData(40, 500_000, 20)]
    [InlineData(40, 10_000_001, 1)]
    [InlineData(0, 100, 0)]
    public void Epochs_AreFewerWhereEventsAreMany(int epochs, long events, int expected)
        => Assert.Equal(expected, new PairwiseOptions { Epochs = epochs, MaxSteps = 10_000_000 }.EpochsOf(events));
}
