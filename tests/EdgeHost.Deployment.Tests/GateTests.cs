using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment.Tests;

public class GateTests
{
    private static readonly GateRule Rule = new()
    {
        MinCalls = 50, MinAgreement = 0.9, MaxDifference = 0.1, MaxLatencyRatio = 2, MaxErrorRate = 0.02, MaxAccuracyDrop = 0.02, MinFeedback = 20,
    };

    private static readonly GateFigures Good = new() { Calls = 50, Agreement = 0.95, LargestDifference = 0.05, LatencyRatio = 1.1, Accuracy = 0.9, BaselineAccuracy = 0.9 };

    public static TheoryData<string, GateOutcome> Cases => new()
    {
        { "good", GateOutcome.Passed },
        { "few", GateOutcome.Waiting },
        { "few with errors", GateOutcome.Waiting },
        { "three errors", GateOutcome.Failed },
        { "two errors of fifty", GateOutcome.Failed },
        { "errors like the other's", GateOutcome.Passed },
        { "disagrees", GateOutcome.Failed },
        { "differs", GateOutcome.Failed },
        { "differs beyond all bounds", GateOutcome.Failed },
        { "slow", GateOutcome.Failed },
        { "slow by a hair", GateOutcome.Passed },
        { "slow by a blink", GateOutcome.Failed },
        { "nothing compared", GateOutcome.Passed },
        { "less accurate", GateOutcome.Failed },
        { "less accurate by feedback", GateOutcome.Failed },
        { "less accurate by little feedback", GateOutcome.Passed },
        { "does not load", GateOutcome.Failed },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judge_HoldsFiguresAgainstTheRule(string name, GateOutcome expected)
    {
        var figures = name switch
        {
            "few" => Good with { Calls = 49 },
            "few with errors" => Good with { Calls = 10, Errors = 2 },
            "three errors" => Good with { Calls = 10, Errors = 3 },
            "two errors of fifty" => Good with { Errors = 2 },
            "errors like the other's" => Good with { Errors = 5, BaselineErrorRate = 0.1, BaselineCalls = 100 },
            "disagrees" => Good with { Agreement = 0.89 },
            "differs" => Good with { LargestDifference = 0.11 },
            "differs beyond all bounds" => Good with { LargestDifference = double.NaN },
            "slow" => Good with { LatencyRatio = 2.1 },
            "slow by a hair" => Good with { LatencyRatio = 5, ExtraRunTime = TimeSpan.FromMicroseconds(999) },
            "slow by a blink" => Good with { LatencyRatio = 2.1, ExtraRunTime = TimeSpan.FromMilliseconds(1) },
            "nothing compared" => new GateFigures { Calls = 50 },
            "less accurate" => Good with { Accuracy = 0.87 },
            "less accurate by feedback" => Good with { Feedback = 20, FeedbackAccuracy = 0.8, BaselineFeedback = 20, BaselineFeedbackAccuracy = 0.9 },
            "less accurate by little feedback" => Good with { Feedback = 19, FeedbackAccuracy = 0.8, BaselineFeedback = 20, BaselineFeedbackAccuracy = 0.9 },
            "does not load" => Good with { LoadFailure = "no file" },
            _ => Good,
        };

        var verdict = Gate.Judge(Rule, figures);

        Assert.Equal(expected, verdict.Outcome);
        Assert.NotEmpty(verdict.Reason);
    }

    [Fact]
    public void Judge_OfAnAskedGain_NeedsMetricsThatShowIt()
    {
        var rule = Rule with { MinAccuracyGain = 0.01 };

        Assert.Equal(GateOutcome.Failed, Gate.Judge(rule, Good).Outcome);
        Assert.Equal(GateOutcome.Failed, Gate.Judge(rule, Good with { BaselineAccuracy = null }).Outcome);
        Assert.Equal(GateOutcome.Passed, Gate.Judge(rule, Good with { Accuracy = 0.92 }).Outcome);
    }

    [Fact]
    public void Judge_OfAnyFigures_NeverPassesWhatBreaksTheRule()
    {
        var random = new Random(17);
        for (var round = 0; round < 5000; round++)
        {
            var figures = new GateFigures
            {
                Calls = random.Next(0, 120),
                Errors = random.Next(0, 8),
                BaselineErrorRate = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.1,
                Agreement = Maybe(1),
                LargestDifference = Maybe(0.3),
                LatencyRatio = Maybe(4),
                Accuracy = Maybe(1),
                BaselineAccuracy = Maybe(1),
            };

            var verdict = Gate.Judge(Rule, figures);

            var mayPass = figures.Calls >= Rule.MinCalls
                && ((double)figures.Errors / figures.Calls) - figures.BaselineErrorRate <= Rule.MaxErrorRate
                && !(figures.Agreement < Rule.MinAgreement)
                && !(figures.LargestDifference > Rule.MaxDifference)
                && !(figures.LatencyRatio > Rule.MaxLatencyRatio)
                && !(figures.BaselineAccuracy - figures.Accuracy > Rule.MaxAccuracyDrop);
            Assert.True(mayPass || verdict.Outcome != GateOutcome.Passed, $"{figures} passed: {verdict.Reason}");
        }

        double? Maybe(double most) => random.Next(3) == 0 ? null : random.NextDouble() * most;
    }

    [Fact]
    public void Moves_OfTheHostItself_NeverSkipAStage()
    {
        var states = Enum.GetValues<VersionState>();
        var allowed = from origin in states from to in states where VersionMoves.IsAllowed(origin, to, VersionActor.Gate) select (origin, to);

        Assert.Equal(
            [
                (VersionState.Shadow, VersionState.Canary), (VersionState.Shadow, VersionState.Retired), (VersionState.Canary, VersionState.Current),
                (VersionState.Canary, VersionState.Retired), (VersionState.Current, VersionState.Retired),
            ],
            allowed);
        Assert.All(states, static state => Assert.False(VersionMoves.IsAllowed(state, VersionState.Stored, VersionActor.Owner)));
    }
}
