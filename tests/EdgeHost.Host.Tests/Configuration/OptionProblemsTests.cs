using System.ComponentModel.DataAnnotations;
using EdgeHost.Validation;

namespace EdgeHost.Host.Tests.Configuration;

/// <summary>What options are told that are out of their ranges.</summary>
public class OptionProblemsTests
{
    [Fact]
    public void Options_InTheirRanges_HaveNoProblems()
        => Assert.True(new OptionProblems("Test").CheckRanges(new Sample()).RequireFolder("here", "Folder").ToResult().Succeeded);

    [Fact]
    public void EveryProblem_IsNamedAtOnce_WithItsKeyValueAndRange()
    {
        var result = new OptionProblems("Test")
            .CheckRanges(new Sample { Count = 0, Delay = TimeSpan.FromHours(1) })
            .CheckRanges(new Sample { Count = 11 }, "Inner")
            .RequireFolder(" ", "Folder")
            .Require(false, "Address", "is wrong.")
            .ToResult();

        Assert.Equal(
            [
                "Test:Count is 0; allowed are 1 to 10.",
                "Test:Delay is 01:00:00; allowed are 00:00:00 to 00:01:00.",
                "Test:Inner:Count is 11; allowed are 1 to 10.",
                "Test:Folder must name a folder.",
                "Test:Address is wrong.",
            ],
            result.Failures);
    }

    private sealed class Sample
    {
        [Range(1, 10)]
        public int Count { get; init; } = 5;

        [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
        public TimeSpan Delay { get; init; }

        // Without a range anything goes.
        public int Free { get; init; } = -1;
    }
}
