using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class GreedyDualSizeFrequencyTests
{
    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly GreedyDualSizeFrequency _ranking = new();

    [Fact]
    public void Rank_MoreUsesDearerReloadOrFewerBytes_IsHigher()
    {
        var rank = _ranking.Rank(2, Second, 10 * Mebibyte);

        Assert.True(_ranking.Rank(3, Second, 10 * Mebibyte) > rank);
        Assert.True(_ranking.Rank(2, 2 * Second, 10 * Mebibyte) > rank);
        Assert.True(_ranking.Rank(2, Second, 5 * Mebibyte) > rank);
    }

    [Fact]
    public void Evicted_Victims_PushAFormerFavouriteBehind()
    {
        var favourite = _ranking.Rank(50, Second, 10 * Mebibyte);
        var victim = 0.0;
        for (var i = 0; i < 60; i++)
        {
            victim = _ranking.Rank(1, Second, 10 * Mebibyte);
            _ranking.Evicted(victim);
        }

        Assert.True(victim > favourite, "a model used once now ranks above one that was used often long ago");
    }

    [Fact]
    public void Rank_ZeroCostOrBytes_IsFinite()
    {
        Assert.True(double.IsFinite(_ranking.Rank(1, TimeSpan.Zero, 0)));
        Assert.True(_ranking.Rank(1, TimeSpan.Zero, 0) > 0);
    }
}
