using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.PluginSdk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>Texts and pictures that become vectors after the call, and what they are good for.</summary>
public class ContentTests
{
    private const string Command = "run 'edgehost models import hf:OWNER/NAME --id NAME'";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SimulatedEmbedders _others = new();

    [Fact]
    public async Task ColdItems_AreRecommendedByWhatTheirTextsMean()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync(Texts());
        var made = await WaitAsync(shop, static content => content.Texts == 9);
        await shop.RecordAsync(Shop.Read("me", "0coffee"), Shop.Read("you", "1saddle"));

        var mine = await shop.ListAsync("me", 2);
        var yours = await shop.ListAsync("you", 2);
        var reasons = (await shop.RecommendAsync(new RecommendRequest { Catalog = Shop.Catalog, User = "me", Count = 1 })).Items[0].Reasons!;

        Assert.Equal(["0espresso", "0latte"], mine.Order());
        Assert.Equal(["1bicycle", "1chain"], yours.Order());
        Assert.Contains(reasons, static reason => reason.Kind == "embedding" && reason.Items!.Contains("0coffee"));
        Assert.Equal((0L, 0L, 0L), (made.Pictures, made.Waiting, made.Failed));
        Assert.Equal(["simulated-texts@1.0.0"], made.Models);
        Assert.Empty(made.Problems);
    }

    [Fact]
    public async Task ColdItems_AreRecommendedByWhatTheirPicturesShow()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync([.. Enumerable.Range(0, 6).Select(static i => new CatalogItem { Item = $"{(i < 3 ? "sea" : "wood")}{i % 3}", Image = i < 3 ? new byte[] { 200, (byte)i } : new byte[] { (byte)i, 200 } })]);
        var made = await WaitAsync(shop, static content => content.Pictures == 6);
        await shop.RecordAsync(Shop.Read("me", "wood1"));

        Assert.Equal(["wood0", "wood2"], (await shop.ListAsync("me", 2)).Order());
        Assert.Equal(["simulated-pictures@1.0.0"], made.Models);
        Assert.DoesNotContain(LanguageMethods.Embed, _others.Called);
    }

    [Fact]
    public async Task Items_WithoutAModel_AreAcceptedAndKnownByTheirTags_UntilThereIsOne()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        _others.Fails = static _ => new EdgeHostException(ErrorCode.FailedPrecondition, $"language.embed has no model on this device: {Command}.");
        await using var shop = await OpenAsync(time);
        var first = await shop.PutAsync(Shop.Articles);
        var content = await WaitAsync(shop, static content => content.Problems.Count > 0);
        await shop.RecordAsync(Shop.Read("me", "s1"));
        var list = await shop.ListAsync("me", 5);
        var second = await shop.PutAsync(new CatalogItem { Item = "new", Title = "coffee" });

        Assert.Equal(20, first.Items);
        Assert.Equal(20, content.Waiting);
        Assert.Contains(Command, Assert.Single(content.Problems), StringComparison.Ordinal);
        Assert.Contains(Command, Assert.Single(second.ContentProblems!), StringComparison.Ordinal);
        Assert.All(list, static item => Assert.StartsWith("s", item, StringComparison.Ordinal));

        // Nothing is tried before its time, whatever is called.
        var tried = _others.Called.Count;
        await shop.StatusAsync();
        Assert.Equal(tried, _others.Called.Count);
        _others.Fails = null;
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Empty((await WaitAsync(shop, static content => content.Texts == 21)).Problems);
    }

    [Fact]
    public async Task Vectors_OfAnotherVersion_AreMadeAgain_AndTheOldOnesServeMeanwhile()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync(Texts());
        await WaitAsync(shop, static content => content.Texts == 9);
        await shop.RecordAsync(Shop.Read("me", "0coffee"));

        // The first vector of the new version is made, and then nothing for a while.
        _others.Version = "2.0.0";
        var calls = _others.Called.Count;
        _others.Fails = _ => _others.Called.Count > calls + 1 ? new EdgeHostException(ErrorCode.Unavailable, "not now") : null;
        await shop.PutAsync(new CatalogItem { Item = "new", Title = "a latte, or two" });
        var half = await WaitAsync(shop, static content => content.Problems.Count > 0);
        Assert.Equal(["simulated-texts@1.0.0", "simulated-texts@2.0.0"], half.Models);
        Assert.Equal(["0espresso", "0latte"], (await shop.ListAsync("me", 2)).Order());

        _others.Fails = null;
        await shop.PutAsync(new CatalogItem { Item = "newer", Title = "no coffee" });
        var content = await WaitAsync(shop, static content => content is { Texts: 11, Waiting: 0, Models: ["simulated-texts@2.0.0"] });
        Assert.Empty(content.Problems);
        Assert.Contains("new", await shop.ListAsync("me", 4));
    }

    [Fact]
    public async Task WhatWaits_IsGoneOnWithWhenTheCatalogueIsOpenedAgain()
    {
        _others.Fails = static _ => new EdgeHostException(ErrorCode.Unavailable, "not now");
        await using var host = await StartAsync(TimeProvider.System, ("max_open", "1"), ("settle_seconds", "0"));
        var shop = Shop.Of(host);
        await shop.PutAsync(Texts());
        await WaitAsync(shop, static content => content.Problems.Count > 0);

        // Another catalogue takes its place in memory; nothing of it is there any more.
        var other = Shop.Of(host, "other-app");
        await other.PutAsync(new CatalogItem { Item = "a" });
        _others.Fails = null;
        await WaitAsync(shop, static content => content is { Texts: 9, Waiting: 0 });
    }

    [Fact]
    public async Task WhatCannotBecomeAVector_HoldsUpNothing()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync([.. Texts(), new CatalogItem { Item = "bad-text", Title = "unreadable" }, new CatalogItem { Item = "bad-picture", Image = new byte[] { 1, 2, 3 } }, new CatalogItem { Item = "good-picture", Image = new byte[] { 1, 2 } }]);

        var content = await WaitAsync(shop, static content => content.Waiting == 0);
        Assert.Equal((9L, 1L, 2L), (content.Texts, content.Pictures, content.Failed));
        Assert.Empty(content.Problems);
    }

    [Fact]
    public async Task WhatIsPutAgain_IsMadeAgainOnlyWhereItChanged_AndGoesWithItsItem()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync(Texts());
        await WaitAsync(shop, static content => content.Texts == 9);
        var made = _others.Texts;
        await shop.PutAsync([.. Texts().Skip(1), new CatalogItem { Item = "0coffee", Title = "violin" }]);
        await WaitAsync(shop, static content => content is { Texts: 9, Waiting: 0 });
        Assert.Equal(made + 1, _others.Texts);

        await shop.PutAsync(new CatalogItem { Item = "0coffee" }, new CatalogItem { Item = "0latte", Title = "latte", Embedding = new ItemVector(new float[] { 1, 2 }) });
        await shop.ForgetAsync(new ForgetRequest { Catalog = Shop.Catalog, Item = "1chain" });
        Assert.Equal(6, (await WaitAsync(shop, static content => content.Waiting == 0)).Texts);
    }

    [Fact]
    public async Task Items_OfOneAppsOwnVectorsOnly_AreAsTheyWere()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync([.. Enumerable.Range(0, 6).Select(static i => new CatalogItem { Item = $"i{i}", Title = "coffee", Embedding = new ItemVector(new float[] { i % 2, 1 - (i % 2) }) })]);
        await shop.RecordAsync(Shop.Read("me", "i1"));

        Assert.Equal(["i3", "i5"], (await shop.ListAsync("me", 2)).Order());
        Assert.Empty(_others.Called);
    }

    [Theory]
    [InlineData("embed_content", "2")]
    [InlineData("embed_batch", "0")]
    [InlineData("max_picture_kilobytes", "many")]
    [InlineData("text_model", "")]
    public async Task Settings_OutOfRange_AreNamed(string key, string value)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => StartAsync(TimeProvider.System, (key, value)));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains($"recommendation:{key}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_SwitchItOff_OrNameTheModel()
    {
        await using (var off = Shop.Of(await StartAsync(TimeProvider.System, ("embed_content", "0"))))
        {
            await off.PutAsync([.. Texts(), new CatalogItem { Item = "p", Image = new byte[] { 1, 2 } }]);
            Assert.Equal((0L, 0L), ((await off.StatusAsync()).Content!.Waiting, (await off.StatusAsync()).Content!.Texts));
            Assert.Empty(_others.Called);
        }

        await using var named = Shop.Of(await StartAsync(TimeProvider.System, ("text_model", "mine")));
        await named.PutAsync(Texts());
        Assert.Equal(["mine@1.0.0"], (await WaitAsync(named, static content => content.Texts == 9)).Models);
    }

    [Fact]
    public void Join_OfTextAndPicture_IsTheMeanOfTheirCosines()
    {
        var joined = new JoinedVectors(0, "t@1", 2, "p@1", 2);
        float[] Of(float[] text, float[] picture) => joined.Join(default, [new ContentVector("a", ContentPart.Text, [], "t@1", text), new ContentVector("a", ContentPart.Picture, [], "p@1", picture)]).ToArray();

        Assert.Equal(0.5f, Dot(Of([2, 0], [0, 3]), Of([5, 0], [7, 0])), 0.0001f);
        Assert.Equal(1f, Dot(Of([2, 1], [0, 3]), Of([4, 2], [0, 1])), 0.0001f);
        Assert.True(joined.Join(default, [new ContentVector("a", ContentPart.Text, [], "t@2", [1, 0])]).IsEmpty);

        static float Dot(float[] a, float[] b) => a.Zip(b, static (x, y) => x * y).Sum();
    }

    // Three items of each subject, which have no word in common.
    private static IReadOnlyList<CatalogItem> Texts()
        => [.. SimulatedEmbedders.Subjects.SelectMany(static (words, subject) => words.Select(word => new CatalogItem { Item = $"{subject}{word}", Title = word }))];

    private async Task<Shop> OpenAsync(TimeProvider? time = null) => Shop.Of(await StartAsync(time ?? TimeProvider.System));

    private Task<PluginTestHost> StartAsync(TimeProvider time, params (string Key, string Value)[] settings)
        => PluginTestHost.StartAsync(new RecommendationPlugin(), new PluginTestOptions
        {
            Time = time,
            Calls = _others,
            Settings = settings.Append(("settle_seconds", "3600")).Append(("embed_retry_seconds", "1")).DistinctBy(static x => x.Item1).ToDictionary(static x => $"recommendation:{x.Item1}", static x => x.Item2),
        });

    private static async Task<ContentStatus> WaitAsync(Shop shop, Func<ContentStatus, bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if ((await shop.StatusAsync()).Content is { } content && isReached(content)) return content;
            await Task.Delay(20, patience.Token);
        }
    }
}
