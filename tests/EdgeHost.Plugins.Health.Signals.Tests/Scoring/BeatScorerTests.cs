using EdgeHost.Plugins.Health.Signals.Scoring;

namespace EdgeHost.Plugins.Health.Signals.Tests.Scoring;

/// <summary>The scorer on cases that were counted by hand; 1000 Hz, so that a sample is a millisecond.</summary>
public class BeatScorerTests
{
    [Fact]
    public void Beats_ThatAreEqual_ScoreFully()
    {
        var score = BeatScorer.Score([1000, 2000, 3000], [1000, 2000, 3000], 1000);

        Assert.Equal((3, 0, 0), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
        Assert.Equal((1, 1, 0), (score.Sensitivity, score.PositivePredictivity, score.RmsErrorMs));
    }

    [Theory]
    [InlineData(1150, 1)]
    [InlineData(1151, 0)]
    [InlineData(850, 1)]
    [InlineData(849, 0)]
    public void Match_MayBe150MillisecondsAway(long found, long matches)
        => Assert.Equal(matches, BeatScorer.Score([1000], [found], 1000).TruePositives);

    [Fact]
    public void ReferenceBeat_MatchesOneFoundBeatOnly()
    {
        // 960 and 1040 both lie within 150 ms of 1000: one is right, one is false. 2000 is missed.
        var score = BeatScorer.Score([1000, 2000], [960, 1040], 1000);

        Assert.Equal((1, 1, 1), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
    }

    [Fact]
    public void FoundBeat_IsMatchedWithTheNearer()
    {
        var score = BeatScorer.Score([1000], [880, 1010], 1000);

        Assert.Equal((1, 0, 1), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
        Assert.Equal(10, score.RmsErrorMs, 6);
    }

    [Fact]
    public void CloseBeats_AreMatchedAsOftenAsPossible()
    {
        // 1000 could take 1100 (nearer to 1200), but then 1200 would have none but 1250: both match in order.
        var score = BeatScorer.Score([1000, 1200], [1100, 1250], 1000);

        Assert.Equal((2, 0, 0), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
    }

    [Fact]
    public void Beats_InExcludedStretches_CountOnNeitherSide()
    {
        var score = BeatScorer.Score([1000, 2000, 3000], [1000, 2500, 3000], 1000, [(1900, 2600)]);

        Assert.Equal((2, 0, 0), (score.TruePositives, score.FalseNegatives, score.FalsePositives));
    }

    [Fact]
    public void Scores_OfRecordsAddUp()
    {
        var sum = BeatScorer.Score([1000], [1000], 1000) + BeatScorer.Score([1000, 2000, 3000], [5000], 1000);

        Assert.Equal((1, 3, 1), (sum.TruePositives, sum.FalseNegatives, sum.FalsePositives));
        Assert.Equal((0.25, 0.5), (sum.Sensitivity, sum.PositivePredictivity));
    }

    [Fact]
    public void Durations_AreComparedByTheirOverlap()
    {
        // Reference 100..300, found 200..450 of 1000: 100 in both, 100 missed, 150 wrong, 650 in neither.
        var score = DurationScore.Of([(100, 300)], [(200, 450)], 1000);

        Assert.Equal(new DurationScore(100, 100, 150, 650), score);
        Assert.Equal((0.5, 0.4, 0.8125), (score.Sensitivity, score.PositivePredictivity, score.Specificity));
    }
}
