using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Estimates of a policy's value from another's log, on a bandit whose values are known.</summary>
public class PolicyValueTests
{
    private static readonly double[] Logged = [0.6, 0.25, 0.1, 0.05];
    private static readonly double[] Target = [0.1, 0.2, 0.3, 0.4];
    private static readonly double[][] Chances = [[0.1, 0.3, 0.5, 0.2], [0.4, 0.1, 0.2, 0.7]];

    // Contexts are even, so the value of a policy is the mean over both of Σ π(a) p(a).
    private static readonly double TrueValue = Chances.Average(chances => chances.Zip(Target, static (chance, share) => chance * share).Sum());

    [Fact]
    public void Estimates_FindTheKnownValue()
    {
        var value = PolicyValue.Estimate(Log(50_000, wrongBy: 0));

        foreach (var estimate in (PolicyEstimate[])[value.InversePropensity, value.SelfNormalised, value.DoublyRobust])
        {
            Assert.Equal(TrueValue, estimate.Value, 4 * estimate.StandardError);
            Assert.True(estimate.StandardError < 0.02);
        }

        Assert.True(value.DoublyRobust.StandardError < value.InversePropensity.StandardError);
        Assert.InRange(value.EffectiveChoices, 1, 50_000);
    }

    [Fact]
    public void DoublyRobust_NeedsNoRightModel()
    {
        var value = PolicyValue.Estimate(Log(50_000, wrongBy: 0.2)).DoublyRobust;

        Assert.Equal(TrueValue, value.Value, 4 * value.StandardError);
    }

    [Fact]
    public void StandardErrors_CoverTheTruth()
    {
        var covered = Enumerable.Range(0, 200).Count(seed =>
        {
            var estimate = PolicyValue.Estimate(Log(1000, 0, (ulong)seed)).SelfNormalised;
            return Math.Abs(estimate.Value - TrueValue) < 1.96 * estimate.StandardError;
        });

        // 95 % should; 200 trials vary by a few.
        Assert.InRange(covered, 178, 200);
    }

    [Fact]
    public void Estimate_OfTheLoggedPolicyIsTheMean()
    {
        LoggedChoice[] log = [new(1, 0.5, 0.5), new(0, 0.2, 0.2), new(1, 0.3, 0.3)];
        var value = PolicyValue.Estimate(log);

        Assert.Equal(2 / 3.0, value.InversePropensity.Value, 1e-12);
        Assert.Equal(2 / 3.0, value.SelfNormalised.Value, 1e-12);
        Assert.Equal(3, value.EffectiveChoices, 1e-12);
        Assert.Equal(0, PolicyValue.Estimate([]).InversePropensity.Value);
        Assert.Throws<EdgeHostException>(() => PolicyValue.Estimate([new LoggedChoice(1, 0, 0.5)]));
    }

    private static List<LoggedChoice> Log(int count, double wrongBy, ulong seed = 11)
    {
        var random = new SeededNumbers(seed);
        var log = new List<LoggedChoice>(count);
        for (var i = 0; i < count; i++)
        {
            var chances = Chances[random.NextInt(2)];
            var (arm, left) = (0, random.NextDouble());
            while (arm < 3 && left >= Logged[arm]) left -= Logged[arm++];
            var reward = random.NextDouble() < chances[arm] ? 1 : 0;
            log.Add(new LoggedChoice(reward, Logged[arm], Target[arm], chances[arm] + wrongBy, chances.Zip(Target, (chance, share) => (chance + wrongBy) * share).Sum()));
        }

        return log;
    }
}
