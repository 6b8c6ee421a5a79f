using EdgeHost.Capabilities.Recommendation;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>What apps may send that is wrong, and what comes of it: a typed error, and nothing kept.</summary>
public class BadInputTests
{
    private static readonly Dictionary<string, AttributeValue> Nobody = [];

    [Fact]
    public async Task PutItems_WithAttributeOfAnotherKind_NamesBothAndKeepsNothing()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(new CatalogItem { Item = "a", Attributes = new Dictionary<string, AttributeValue>(Nobody) { ["size"] = 3.0 } });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(
            new CatalogItem { Item = "b" }, new CatalogItem { Item = "c", Attributes = new Dictionary<string, AttributeValue>(Nobody) { ["size"] = "large" } }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("'size' of item 'c' is a text, but in this catalogue it is a number", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await shop.StatusAsync()).Items);
    }

    [Theory]
    [InlineData("", null, double.NaN)]
    [InlineData("a", "tags", 1)]
    [InlineData("a", "with:colon", 1)]
    [InlineData("a", "size", double.PositiveInfinity)]
    public async Task PutItems_Wrong_IsInvalid(string item, string? attribute, double number)
    {
        await using var shop = await Shop.OpenAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(
            new CatalogItem { Item = item, Attributes = attribute is null ? null : new Dictionary<string, AttributeValue>(Nobody) { [attribute] = number } }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(shop.StatusAsync)).Code);
    }

    [Fact]
    public async Task PutItems_WithVectorsOfTwoLengths_IsInvalid()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(new CatalogItem { Item = "a", Embedding = new ItemVector(new float[] { 1, 0 }) });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(new CatalogItem { Item = "b", Embedding = new ItemVector(new float[] { 1, 0, 0 }) }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("has 3 numbers, those of this catalogue have 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public async Task PutItems_WithPictureOfAnotherSize_IsInvalid(int bytes)
    {
        await using var shop = await Shop.OpenAsync(("max_picture_kilobytes", "1"));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(new CatalogItem { Item = "a", Image = new byte[bytes] }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("max_picture_kilobytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a", "view", 1.0, 0)]
    [InlineData("me", "", "view", 1.0, 0)]
    [InlineData("me", "a", "", 1.0, 0)]
    [InlineData("me", "a", "view", double.NaN, 0)]
    [InlineData("me", "a", "view", double.NegativeInfinity, 0)]
    [InlineData("me", "a", "view", 1.0, long.MaxValue)]
    [InlineData("me", "a", "view", 1.0, long.MinValue)]
    public async Task Record_Wrong_IsInvalidAndKeepsNothingOfTheCall(string user, string item, string type, double weight, long time)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.RecordAsync(
            Shop.Read("you", "c1"), new UserEvent { User = user, Item = item, Type = type, Weight = weight, Time = time }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(double.IsFinite(weight) ? "events[1]" : "events.weight", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await shop.StatusAsync()).Events);
    }

    [Fact]
    public async Task Record_HugeWeightsFutureAndPreEpochTimesUnknownItemsAndTypes_AreTaken()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        var recorded = await shop.RecordAsync(
            new UserEvent { User = "me", Item = "s1", Type = "like", Weight = 1e300, Time = 32_503_680_000_000 },
            new UserEvent { User = "me", Item = "c1", Type = "view", Time = -1_000_000_000_000 },
            new UserEvent { User = "me", Item = "no such item", Type = "hum", Time = 0 });
        await shop.BuildAsync();
        var list = await shop.ListAsync("me", 3);

        Assert.Equal(3, recorded.Accepted);
        Assert.All(list, static item => Assert.StartsWith("s", item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recommend_OneEventUnknownUserAndItemsWithoutAttributes_GivesAList()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(new CatalogItem { Item = "a" }, new CatalogItem { Item = "b" });
        await shop.RecordAsync(Shop.Read("me", "a"));

        Assert.Equal(["b"], await shop.ListAsync("me"));
        Assert.Equal(["a", "b"], await shop.ListAsync("nobody knows"));
    }

    [Fact]
    public async Task Record_Duplicates_CountOnce()
    {
        await using var shop = await Shop.OpenAsync();
        var named = new UserEvent { User = "me", Item = "c1", Type = "view", Time = 5, Id = "one" };

        var first = await shop.RecordAsync(named, named, Shop.Read("me", "c1"), Shop.Read("me", "c1"));
        var second = await shop.RecordAsync(named, Shop.Read("me", "c1"), new UserEvent { User = "you", Item = "c1", Type = "view", Time = 5, Id = "one" });

        Assert.Equal((2, 2), (first.Accepted, first.Duplicates));
        Assert.Equal((1, 2), (second.Accepted, second.Duplicates));
    }

    [Theory]
    [InlineData("max_items", "2")]
    [InlineData("max_attributes", "1")]
    [InlineData("max_items_of_call", "3")]
    [InlineData("max_catalogs", "1")]
    public async Task PutItems_BeyondALimit_IsExhaustedAndNamesTheSetting(string setting, string value)
    {
        await using var shop = await Shop.OpenAsync((setting, value));
        if (setting == "max_catalogs") await shop.CallAsync<PutItemsRequest, PutItemsResponse>(RecommendationMethods.PutItems, new PutItemsRequest { Catalog = "other", Items = [] });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(Shop.Articles));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains($"recommendation:{setting}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max_events", "3")]
    [InlineData("max_users", "3")]
    [InlineData("max_events_of_call", "3")]
    public async Task Record_BeyondALimit_IsExhaustedAndKeepsNothing(string setting, string value)
    {
        await using var shop = await Shop.OpenAsync((setting, value));
        await shop.PutAsync(Shop.Articles);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.RecordAsync([.. Enumerable.Range(0, 4).Select(static i => Shop.Read($"u{i}", "c1"))]));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains($"recommendation:{setting}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await shop.StatusAsync()).Events);
    }

    [Fact]
    public async Task PutItems_BeyondTheBytes_IsExhaustedAndTheCatalogueLives()
    {
        await using var shop = await Shop.OpenAsync(("max_megabytes", "1"));
        await shop.PutAsync(Shop.Articles);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.PutAsync(
            [.. Enumerable.Range(0, 30).Select(static i => new CatalogItem { Item = $"big{i}", Text = new string('x', 90_000) })]));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("recommendation:max_megabytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, (await shop.StatusAsync()).Items);
        Assert.NotEmpty(await shop.ListAsync("me"));
    }

    [Theory]
    [InlineData("Not A Name")]
    [InlineData("")]
    [InlineData("../other")]
    public async Task Catalogue_WithoutAName_IsInvalid(string catalog)
    {
        await using var shop = await Shop.OpenAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.CallAsync<CatalogRequest, CatalogStatus>(RecommendationMethods.Status, new CatalogRequest { Catalog = catalog }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Fact]
    public async Task Recommend_WithWrongFilters_SaysWhatIsWrong()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PutAsync(Shop.Articles);

        Assert.Contains("gives no condition", await ProblemAsync("words", new AttributeFilter()), StringComparison.Ordinal);
        Assert.Contains("which is of numbers", await ProblemAsync("words", new AttributeFilter { EqualTo = "many" }), StringComparison.Ordinal);
        Assert.Contains("which is of texts", await ProblemAsync("author", new AttributeFilter { Min = 3 }), StringComparison.Ordinal);
        Assert.Contains("at least 5 and at most 3", await ProblemAsync("words", new AttributeFilter { Min = 5, Max = 3 }), StringComparison.Ordinal);

        async Task<string> ProblemAsync(string attribute, AttributeFilter filter)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => shop.RecommendAsync(
                new RecommendRequest { Catalog = Shop.Catalog, User = "me", Filter = new Dictionary<string, AttributeFilter> { [attribute] = filter } }));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            return error.Message;
        }
    }

    [Fact]
    public async Task Unknown_CatalogueItemAndKind_AreTypedErrors()
    {
        await using var shop = await Shop.OpenAsync();
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => shop.ListAsync("me"))).Code);
        await shop.PutAsync(Shop.Articles);

        var item = await Assert.ThrowsAsync<EdgeHostException>(() => shop.CallAsync<SimilarRequest, RecommendResponse>(RecommendationMethods.Similar, new SimilarRequest { Catalog = Shop.Catalog, Item = "none" }));
        var kind = await Assert.ThrowsAsync<EdgeHostException>(() => shop.CallAsync<EvaluateRequest, EvaluateResponse>(RecommendationMethods.Evaluate, new EvaluateRequest { Catalog = Shop.Catalog, Models = ["magic"] }));
        var nothing = await Assert.ThrowsAsync<EdgeHostException>(() => shop.CallAsync<EvaluateRequest, EvaluateResponse>(RecommendationMethods.Evaluate, new EvaluateRequest { Catalog = Shop.Catalog }));

        Assert.Equal((ErrorCode.NotFound, ErrorCode.InvalidArgument, ErrorCode.FailedPrecondition), (item.Code, kind.Code, nothing.Code));
    }
}
