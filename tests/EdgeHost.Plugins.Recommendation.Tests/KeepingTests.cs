using System.Globalization;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>What a catalogue keeps, forgets and keeps apart.</summary>
public class KeepingTests
{
    [Fact]
    public async Task Forget_User_GivesTheModelsOfACatalogueThatNeverHadThem()
    {
        await using var shop = await Shop.OpenAsync();
        await using var other = await Shop.OpenAsync();
        foreach (var each in (Shop[])[shop, other])
        {
            await each.PutAsync(Shop.Articles);
            await each.RecordReadersAsync();
        }

        await shop.RecordAsync([.. Enumerable.Range(0, 8).Select(static i => Shop.Read("mallory", i % 2 == 0 ? $"c{i}" : $"s{i}", 50 + i))]);
        await shop.BuildAsync();
        var forgotten = await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, User = "mallory" });
        await other.BuildAsync();
        var status = await shop.StatusAsync();
        var list = await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "reader1" });
        var never = await other.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "reader1" });

        Assert.Equal((8L, 0L), (forgotten.Events, forgotten.Items));
        Assert.Equal((forgotten.Version, (long?)null), (status.Version, status.Previous));
        Assert.Equal(never.Items.Select(static item => (item.Item, item.Score)), list.Items.Select(static item => (item.Item, item.Score)));
        Assert.DoesNotContain("mallory", await ExportAsync(shop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_ItemAndEvent_AreGoneFromListsAndExport()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync(Shop.Read("me", "s1"), new UserEvent { User = "me", Item = "c1", Type = "like", Time = 3, Id = "slip" });

        var item = await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, Item = "s2" });
        var slip = await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, User = "me", Event = "slip" });
        var list = await shop.ListAsync("me", 20);

        Assert.Equal((0L, 1L), (item.Events, item.Items));
        Assert.Equal((1L, 0L), (slip.Events, slip.Items));
        Assert.DoesNotContain("s2", list);
        Assert.Contains("c1", list);
        var export = await ExportAsync(shop);
        Assert.DoesNotContain("slip", export, StringComparison.Ordinal);
        Assert.DoesNotContain("\"s2\"", export, StringComparison.Ordinal);
        Assert.Equal(20, export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Forget_NothingNamedOrEverything_IsAnErrorOrTheEndOfTheCatalogue()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog }));
        var unknown = await Assert.ThrowsAsync<EdgeHostException>(() => shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, User = "nobody" }));
        await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, Everything = true });

        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.NotFound), (error.Code, unknown.Code));
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(shop.StatusAsync)).Code);
    }

    [Fact]
    public async Task Forget_EverythingWhileItIsBuilt_EndsTheBuildWithATypedErrorOrAfterIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync(60);

        var building = shop.BuildAsync();
        await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, Everything = true });
        var error = await Record.ExceptionAsync(() => building);

        Assert.True(error is null or EdgeHostException { Code: ErrorCode.Unavailable or ErrorCode.NotFound }, error?.ToString());
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(shop.StatusAsync)).Code);
    }

    [Fact]
    public async Task Apps_SeeNothingOfEachOther_AndLoseTheirsWithTheirFolder()
    {
        await using var host = await Shop.StartAsync(TimeProvider.System);
        var (mine, yours) = (Shop.Of(host, "mine"), Shop.Of(host, "yours"));
        await mine.PutAsync(Shop.Articles);
        await mine.RecordAsync(Shop.Read("me", "s1"));

        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(yours.StatusAsync)).Code);
        await yours.PutAsync(new CatalogItem { Item = "only" });
        Assert.Equal(["only"], await yours.ListAsync("me"));
        Directory.Delete(host.Services.GetRequiredService<IPluginStorage>().FolderOf(new AppIdentity("mine", 1000, 7)), recursive: true);

        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(mine.StatusAsync)).Code);
        await mine.PutAsync(new CatalogItem { Item = "new" });
        Assert.Equal(0, (await mine.StatusAsync()).Events);
        Assert.Equal(["only"], await yours.ListAsync("me"));
    }

    [Fact]
    public async Task Users_OfACatalogue_AreKeptApart()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync(Shop.Read("chess player", "s1"), Shop.Read("cook", "c1"));

        Assert.All(await shop.ListAsync("chess player", 3), static item => Assert.StartsWith("s", item, StringComparison.Ordinal));
        Assert.All(await shop.ListAsync("cook", 3), static item => Assert.StartsWith("c", item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RollBack_AfterTwoBuilds_ServesTheFirstAgain()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        var first = await shop.BuildAsync();
        Assert.Equal(ErrorCode.FailedPrecondition, (await Assert.ThrowsAsync<EdgeHostException>(RollBackAsync)).Code);
        await shop.RecordAsync(Shop.Read("me", "s1"));
        var second = await shop.BuildAsync();

        var status = await RollBackAsync();

        Assert.Equal((first.Version, (long?)second.Version), (status.Version, status.Previous));
        Assert.Equal(first.Version, (await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "me" })).Version);

        Task<CatalogStatus> RollBackAsync() => shop.CallAsync<CatalogRequest, CatalogStatus>(RecommendationMethods.RollBack, new CatalogRequest { Catalog = Shop.Catalog });
    }

    [Fact]
    public async Task Catalogue_ThatWasClosed_AnswersFromItsFilesAsBefore_AndTakesNewItemsIn()
    {
        await using var host = await Shop.StartAsync(TimeProvider.System, ("max_open", "1"), ("settle_seconds", "0"), ("rebuild_changes", "1000000"));
        var shop = Shop.Of(host);
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        await shop.BuildAsync();
        var before = await AskAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await shop.StatusAsync()).IsBuilding) await Task.Delay(5, patience.Token);

        // Another catalogue is one too many.
        await shop.CallAsync<PutItemsRequest, PutItemsResponse>(RecommendationMethods.PutItems, new PutItemsRequest { Catalog = "other", Items = Shop.Articles });
        Assert.Equal(1, host.Services.GetRequiredService<Catalogs.AppCatalogs>().OpenCount);
        var after = await AskAsync();
        await shop.PutAsync(new CatalogItem { Item = "new", Title = "Soup number 10", Tags = ["cooking"] });

        Assert.Equal(1, after.Version);
        Assert.Equal(before.Items.Select(static item => (item.Item, item.Score)), after.Items.Select(static item => (item.Item, item.Score)));
        Assert.Equal(before.Items.SelectMany(static item => item.Reasons).Select(static reason => reason.Text), after.Items.SelectMany(static item => item.Reasons).Select(static reason => reason.Text));
        Assert.Contains("new", await shop.ListAsync("reader0", 21));

        Task<RecommendResponse> AskAsync() => shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "reader0", Count = 5, Reasons = 3 });
    }

    [Fact]
    public async Task Explore_WithOneSeed_GivesOneListAndPropensitiesThatEvaluateUses()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        await shop.BuildAsync();
        var lists = new List<RecommendResponse>();
        for (var i = 0; i < 6; i++) lists.Add(await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = $"new{i % 2}", Count = 4, Explore = true, Seed = i / 2 }));
        var other = await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "new0", Count = 4 });
        await shop.RecordAsync([.. lists.Select((list, i) => new UserEvent { User = $"new{i % 2}", Item = list.Items[0].Item, Type = "read", Time = i, List = list.List, Position = 1 })]);

        var evaluated = await shop.CallAsync<EvaluateRequest, EvaluateResponse>(RecommendationMethods.Evaluate, new EvaluateRequest { Catalog = Shop.Catalog, Models = ["popularity"] });

        Assert.Equal(lists[0].Items.Select(static item => item.Item), lists[1].Items.Select(static item => item.Item));
        Assert.True(lists.Select(static list => string.Join(' ', list.Items.Select(static item => item.Item))).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Equal(6, lists.Select(static list => list.List).Distinct(StringComparer.Ordinal).Count());
        Assert.All(lists.SelectMany(static list => list.Items), static item => Assert.InRange(item.Propensity!.Value, 1e-6, 1));
        Assert.Null(other.List);
        Assert.NotNull(evaluated.Policy);
        Assert.Equal((24, 0.25), (evaluated.Policy.Places, evaluated.Policy.Logged));
        Assert.Contains(evaluated.Figures, static figures => figures.Model == "blend");
        Assert.Contains(evaluated.Figures, static figures => figures.Model == "popularity");
        Assert.Equal(2, evaluated.Figures.Count);
    }

    private static async Task<string> ExportAsync(Shop shop)
    {
        var answer = await shop.StreamAsync(new ExportRequest { Catalog = Shop.Catalog });
        var text = string.Concat(answer.ReadItems<ExportChunk>().Select(static chunk => chunk.Lines));
        Assert.Equal(text.Count(static c => c == '\n').ToString(CultureInfo.InvariantCulture), answer.Read<ExportResponse>().Lines.ToString(CultureInfo.InvariantCulture));
        return text;
    }
}
