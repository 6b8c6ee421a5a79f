using EdgeHost.Capabilities.Recommendation;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>Lists as an app asks for them, with and without a build.</summary>
public class ListTests
{
    [Fact]
    public async Task Recommend_BeforeAnyBuild_FollowsWhatTheItemsAre()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync(Shop.Read("me", "s1"), Shop.Read("me", "s2"));

        var list = await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "me", Count = 5 });

        Assert.Equal(0, list.Version);
        Assert.Equal(5, list.Items.Count);
        Assert.All(list.Items, static item => Assert.StartsWith("s", item.Item, StringComparison.Ordinal));
        Assert.DoesNotContain(list.Items, static item => item.Item is "s1" or "s2");
        Assert.Contains(list.Items[0].Reasons, static reason => reason.Tags is ["chess"] && reason.Text.Contains("chess", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Record_AnEvent_ChangesTheNextList()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordReadersAsync();
        var built = await shop.BuildAsync();
        await shop.RecordAsync(Shop.Read("me", "c1"));
        var before = await shop.ListAsync("me", 3);

        await shop.RecordAsync(Shop.Read("me", "s1", type: "like"), Shop.Read("me", "s2", type: "like"), Shop.Read("me", "c1", 1, "not_interested"));
        var after = await shop.ListAsync("me", 3);

        Assert.True(built.Version >= 1);
        Assert.All(before, static item => Assert.StartsWith("c", item, StringComparison.Ordinal));
        Assert.All(after, static item => Assert.StartsWith("s", item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_WithEvents_IncludesAllOfThemAndSaysHowGoodItIs()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        var recorded = await shop.RecordReadersAsync(60);

        var built = await shop.BuildAsync();
        var status = await shop.StatusAsync();

        Assert.Equal((360, 0), (recorded.Accepted, recorded.Duplicates));
        Assert.Equal((360L, 20L, 60L), (built.Events, built.Items, built.Users));
        Assert.True(built.Serves);
        Assert.Contains(built.Figures, static figures => figures is { Model: "blend", Ndcg: > 0.5 });
        Assert.Equal((built.Version, 0L, 360L), (status.Version, status.NewEvents, status.Events));
    }

    [Fact]
    public async Task Similar_OfAnItem_AreThoseOfItsSubject()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var similar = await shop.CallAsync<SimilarRequest, RecommendResponse>(RecommendationMethods.Similar, new SimilarRequest { Catalog = Shop.Catalog, Item = "c4", Count = 4 });

        Assert.Equal(4, similar.Items.Count);
        Assert.All(similar.Items, static item => Assert.StartsWith("c", item.Item, StringComparison.Ordinal));
        Assert.DoesNotContain(similar.Items, static item => item.Item == "c4");
    }

    [Fact]
    public async Task Rank_OwnList_PutsTheLikedFirstAndUnknownApart()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync(Shop.Read("me", "s1"));

        var ranked = await shop.CallAsync<RankRequest, RecommendResponse>(
            RecommendationMethods.Rank, new RankRequest { Catalog = Shop.Catalog, User = "me", Candidates = ["c3", "none", "s3", "c1"] });

        Assert.Equal("s3", ranked.Items[0].Item);
        Assert.Equal(3, ranked.Items.Count);
        Assert.Equal(["none"], ranked.Unknown);
    }

    [Fact]
    public async Task Recommend_WithFiltersCapsAndExclusions_KeepsToThem()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var list = await shop.RecommendAsync(new RecommendRequest
        {
            Catalog = Shop.Catalog,
            User = "me",
            Count = 20,
            Filter = new Dictionary<string, AttributeFilter>
            {
                ["words"] = new() { Min = 200, Max = 600 },
                ["author"] = new() { EqualTo = "Ada" },
                ["tags"] = new() { In = ["cooking", "chess"] },
            },
            Exclude = ["c2"],
            Caps = new Dictionary<string, int> { ["tags"] = 2 },
        });

        Assert.Equal(["c4", "c6"], list.Items.Select(static item => item.Item).Where(static item => item[0] == 'c').Order(StringComparer.Ordinal));
        Assert.Equal(4, list.Items.Count);
        Assert.All(list.Items, static item => Assert.Contains(item.Item, (string[])["c4", "c6", "s2", "s4", "s6"]));
    }

    [Fact]
    public async Task Recommend_InContext_FollowsItWithoutRecordingIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var list = await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "me", Count = 3, Context = new ListContext { Items = ["s1"] } });

        Assert.All(list.Items, static item => Assert.StartsWith("s", item.Item, StringComparison.Ordinal));
        Assert.Equal(0, (await shop.StatusAsync()).Events);
    }

    [Fact]
    public async Task Explain_AScore_AddsUpToItInChineseToo()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);
        await shop.RecordAsync(Shop.Read("me", "s1"));

        var explained = await shop.CallAsync<ExplainRequest, ExplainResponse>(
            RecommendationMethods.Explain, new ExplainRequest { Catalog = Shop.Catalog, User = "me", Item = "s5", Language = "zh-Hans" });

        Assert.True(explained.Score > 0);
        Assert.Equal(explained.Score, explained.Reasons.Sum(static reason => reason.Value), tolerance: 1e-3);
        Assert.Contains(explained.Reasons, static reason => reason.Text.Contains("标签", StringComparison.Ordinal));
    }
}
