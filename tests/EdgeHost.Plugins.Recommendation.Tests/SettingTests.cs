using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>Settings of the plugin, for all catalogues and for some.</summary>
public class SettingTests
{
    private static readonly (double, double) NoRatings = (0, 0);

    [Fact]
    public void Weights_WithoutSettings_AreTheDocumentedOnes()
    {
        var options = RecommendationOptions.FromSettings(new Dictionary<string, string>());

        Assert.Same(EventWeights.Default, options.Weights);
        Assert.Same(options, options.For("news"));
        Assert.Equal((1, 3, -0.5, 0), (Of(options, "view"), Of(options, "purchase"), Of(options, "skip"), Of(options, "impression")));
    }

    [Fact]
    public void Weights_OfACatalogue_WinOverThoseOfAll_AndOthersKeepTheirs()
    {
        var options = From(
            ("event_weights:purchase", "5"),
            ("event_weights:stars", "2 rating"),
            ("event_weights:dwell", "0.5"),
            ("catalogs:news:event_weights:purchase", "-1"),
            ("catalogs:news:event_weights:glance", "0.25"),
            ("catalogs:news:rating_floor", "-1"),
            ("catalogs:news:validation", "mixed"));
        var news = options.For("news");

        Assert.Equal((5, 1, 1), (Of(options, "purchase"), Of(options, "view"), Of(options, "glance")));
        Assert.Equal((-1, 1, 0.25), (Of(news, "purchase"), Of(news, "view"), Of(news, "glance")));
        Assert.True(options.Weights.IsRating("stars") && news.Weights.IsRating("stars"));
        Assert.Equal((1, 2), (options.Weights.StrengthOf("stars", 1, (1, 5)), options.Weights.StrengthOf("stars", 5, (1, 5))));
        Assert.Equal(-2, news.Weights.StrengthOf("stars", 1, (1, 5)));

        // A factor alone leaves the scale of a known type: half a minute of dwell counts half.
        Assert.Equal(0.5, options.Weights.StrengthOf("dwell", 30, NoRatings));
        Assert.Equal((HoldOutKind.Mixed, new RecommendationOptions().Validation), (news.Training.Validation.Kind, options.Training.Validation.Kind));
    }

    [Theory]
    [InlineData("event_weights:like", "much")]
    [InlineData("event_weights:like", "101")]
    [InlineData("event_weights:like", "NaN")]
    [InlineData("event_weights:like", "1 stars")]
    [InlineData("event_weights:like", "1 plain 2")]
    [InlineData("event_weights:like", "")]
    [InlineData("catalogs:news:event_weights:like", "-101")]
    [InlineData("rating_floor", "2")]
    [InlineData("validation", "oldest")]
    [InlineData("validation_percent", "0")]
    [InlineData("catalogs:news:max_events", "none")]
    [InlineData("catalogs:news", "1")]
    [InlineData("max_build_events", "10")]
    public void Settings_ThatAreWrong_AreNamedWhenThePluginStarts(string key, string value)
    {
        var error = Assert.Throws<EdgeHostException>(() => From((key, value)));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains($"'recommendation:{key}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventWeights_OfOneCatalogue_TurnItsListsAndNoOther()
    {
        await using var shop = await Shop.OpenAsync(("catalogs:news:event_weights:read", "-3"));
        foreach (var catalog in (string[])["news", "books"])
        {
            await shop.CallAsync<PutItemsRequest, PutItemsResponse>(RecommendationMethods.PutItems, new PutItemsRequest { Catalog = catalog, Items = Shop.Articles });
            await shop.CallAsync<RecordRequest, RecordResponse>(RecommendationMethods.Record, new RecordRequest { Catalog = catalog, Events = [Shop.Read("me", "s1"), Shop.Read("me", "s2")] });
        }

        Assert.Equal(('c', 's'), (await FirstAsync("news"), await FirstAsync("books")));
        await shop.BuildAsync();
        Assert.Equal('c', await FirstAsync("news"));

        async Task<char> FirstAsync(string catalog) => (await shop.RecommendAsync(new RecommendRequest { Catalog = catalog, User = "me", Count = 1 })).Items[0].Item[0];
    }

    private static double Of(RecommendationOptions options, string type) => options.Weights.StrengthOf(type, 1, NoRatings);

    private static RecommendationOptions From(params (string Key, string Value)[] settings)
        => RecommendationOptions.FromSettings(settings.ToDictionary(static x => $"recommendation:{x.Key}", static x => x.Value, StringComparer.Ordinal));
}
