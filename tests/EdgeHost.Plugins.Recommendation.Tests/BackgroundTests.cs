using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>Builds that nobody asked for.</summary>
public class BackgroundTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Events_ThatSettle_AreBuiltByThemselves()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        await using var host = await Shop.StartAsync(time, ("settle_seconds", "60"), ("max_build_minutes", "1440"));
        var shop = Shop.Of(host);
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        Assert.Equal((0L, true), ((await shop.StatusAsync()).Version, (await shop.StatusAsync()).IsBuilding));

        using var patience = new CancellationTokenSource(Patience);
        for (var i = 0; (await shop.StatusAsync()) is { Version: 0 }; i++)
        {
            // The wait for the time to settle may not have begun yet; the build that comes of it has its own time.
            if (i < 1000) time.Advance(TimeSpan.FromSeconds(61));
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal((1L, 0L), ((await shop.StatusAsync()).Version, (await shop.StatusAsync()).NewEvents));
    }

    [Theory]
    [InlineData(0.40, 0.50, true)]
    [InlineData(0.46, 0.50, false)]
    [InlineData(0.60, 0.50, false)]
    public void Gate_BetweenTwoBuilds_LooksAtTheirOwnEvaluations(double now, double then, bool isWorse)
        => Assert.Equal(isWorse, BuildFigures.IsWorse(Built(now), Built(then), percent: 10) is not null);

    private static BuildResponse Built(double ndcg) => new()
    {
        Version = 1,
        Serves = true,
        Model = "blend",
        Events = 1,
        Items = 1,
        Users = 1,
        Milliseconds = 1,
        Figures = [new ModelFigures { Model = "blend", Users = 1, Count = 10, Ndcg = ndcg, Map = 0, Precision = 0, Recall = 0, HitRate = 0, Coverage = 0, Novelty = 0, Diversity = 0 }],
    };
}
