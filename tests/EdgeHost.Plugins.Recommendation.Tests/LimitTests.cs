using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Storage;
using EdgeHost.Plugins.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>What bounds builds, histories and memory, and what is said of it.</summary>
public class LimitTests
{
    [Fact]
    public async Task Build_OfMoreEventsThanItMayTake_IsOfTheNewestAndSaysWhatItLeftOut()
    {
        await using var shop = await Shop.OpenAsync(("max_build_events", "1000"));
        await using var whole = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await whole.PutAsync(Shop.Articles);
        // The older half is of people who read what nobody reads any more; it comes last.
        UserEvent[] newest = [.. Enumerable.Range(0, 1000).Select(static i => Shop.Read($"new{i / 10}", $"c{((i / 10 * 3) + i) % 10}", 1_000_000 + i))];
        await shop.RecordAsync(newest);
        await shop.RecordAsync([.. Enumerable.Range(0, 500).Select(static i => Shop.Read($"old{i / 10}", $"s{i % 10}", i))]);
        await whole.RecordAsync(newest);

        var bounded = await shop.BuildAsync();
        var all = await whole.BuildAsync();

        Assert.Equal((1000L, (long?)500L, 100L), (bounded.Events, bounded.LeftOut, bounded.Users));
        Assert.Equal((1000L, (long?)null), (all.Events, all.LeftOut));
        Assert.Equal(20, bounded.SearchedItems);
        Assert.Equal(all.SearchedPairs, bounded.SearchedPairs);
        Assert.Equal(all.Figures.Select(static x => (x.Model, x.Ndcg)), bounded.Figures.Select(static x => (x.Model, x.Ndcg)));
    }

    [Fact]
    public async Task Build_OfEventsOfOneMillisecond_TakesAsManyAsItMay()
    {
        await using var shop = await Shop.OpenAsync(("max_build_events", "1000"));
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync([.. Enumerable.Range(0, 1200).Select(static i => Shop.Read($"u{i / 20}", Shop.Articles[i % 20].Item, 5))]);

        var built = await shop.BuildAsync();

        Assert.Equal((1000L, (long?)200L), (built.Events, built.LeftOut));
    }

    [Fact]
    public async Task Build_ThatTakesTooLong_EndsWithATypedErrorThatNamesTheSetting()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        await using var host = await Shop.StartAsync(time, ("max_build_minutes", "1"), ("max_builds", "1"));
        var shop = Shop.Of(host);
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync(60);

        // Each step of the clock is far beyond the limit; the build sees it at the next user or model.
        var building = shop.BuildAsync();
        while (!building.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(2));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => building);
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("max_build_events", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await shop.StatusAsync()).Version);
    }

    [Fact]
    public async Task History_BeyondItsLimit_IsOfTheNewestEvents()
    {
        await using var shop = await Shop.OpenAsync(("max_history_events", "100"));
        await shop.PutAsync(Shop.Articles);
        // A hundred events with chess after one with cooking.
        await shop.RecordAsync([Shop.Read("me", "c1", 1), .. Enumerable.Range(0, 100).Select(static i => Shop.Read("me", $"s{i % 5}", 10 + i))]);

        var list = await shop.ListAsync("me", 20);

        Assert.Contains("c1", list);
        Assert.DoesNotContain("s0", list);
        Assert.All(list.Take(5), static item => Assert.StartsWith("s", item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Catalogue_WhoseFilesTheHostDeleted_IsClosedWithoutAnyCall()
    {
        var time = new FakeTimeProvider();
        await using var host = await Shop.StartAsync(time, ("settle_seconds", "86400"), ("most_wait_seconds", "86400"));
        var (mine, yours) = (Shop.Of(host, "mine"), Shop.Of(host, "yours"));
        await mine.PutAsync(Shop.Articles);
        await yours.PutAsync(Shop.Articles);
        var catalogs = host.Services.GetRequiredService<AppCatalogs>();
        Assert.Equal(2, catalogs.OpenCount);

        Directory.Delete(host.Services.GetRequiredService<IPluginStorage>().FolderOf(new AppIdentity("mine", 1000, 7)), recursive: true);
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(1, catalogs.OpenCount);
        Assert.Equal(20, (await yours.StatusAsync()).Items);
    }

    [Fact]
    public async Task Database_OfTheFirstForm_IsBroughtToTheNewestWithWhatItHolds()
    {
        await using var host = await Shop.StartAsync(TimeProvider.System);
        var shop = Shop.Of(host);
        var folder = Directory.CreateDirectory(Path.Combine(host.Services.GetRequiredService<IPluginStorage>().FolderOf(new AppIdentity("test-app", 1000, 1)), "catalogs")).FullName;
        await MakeFirstFormAsync(Path.Combine(folder, $"{Shop.Catalog}.db"));

        var again = await shop.RecordAsync(Shop.Read("me", "s1", 1), Shop.Read("me", "s1", 2));

        Assert.Equal((1, 1), (again.Accepted, again.Duplicates));
        Assert.Equal((3L, 1L), ((await shop.StatusAsync()).Events, (await shop.StatusAsync()).Users));
    }

    // As the first release of the plugin made it, with two events.
    private static async Task MakeFirstFormAsync(string path)
    {
        var words = new DatabaseWords { Subject = "catalogue", WhenFull = "Forget something.", WhenDamaged = "Forget it.", WhenCrowded = "Try again." };
        await using var database = new PluginDatabase(new DatabaseSpec { Path = path, Schema = CatalogDatabase.Schema, Words = words }, TimeProvider.System);
        await database.UseAsync(
            static connection =>
            {
                connection.Run(
                    """
                    DROP TABLE vector_counts;
                    DROP TABLE vectors;
                    DROP TABLE pictures;
                    DROP INDEX events_key;
                    CREATE UNIQUE INDEX events_same ON events(user, item, type, time) WHERE id IS NULL;
                    INSERT INTO events(user, item, type, weight, time, id, is_reward) VALUES('me', 's1', 'read', 1, 1, NULL, 1), ('me', 's1', 'read', 1, 1, 'named', 1);
                    PRAGMA user_version = 1;
                    """);
                return 0;
            },
            CancellationToken.None);
    }
}
