using CsCheck;
using EdgeHost.Benchmarks.Fairness;

namespace EdgeHost.Benchmarks.Tests.Figures;

public class JainIndexTests
{
    [Fact]
    public void Of_EqualShares_IsOne() => Assert.Equal(1, JainIndex.Of([3, 3, 3, 3]), 12);

    [Fact]
    public void Of_OneThatHasAll_IsOneOverTheirNumber() => Assert.Equal(0.25, JainIndex.Of([7, 0, 0, 0]), 12);

    [Fact]
    public void Of_AnyShares_IsBetweenTheTwoAndDoesNotDependOnTheUnit()
        => Gen.Double[0.001, 1000].List[1, 10].Sample(shares =>
        {
            var index = JainIndex.Of(shares);

            Assert.InRange(index, (1.0 / shares.Count) - 1e-9, 1 + 1e-9);
            Assert.Equal(index, JainIndex.Of([.. shares.Select(share => 60 * share)]), 9);
        });
}
