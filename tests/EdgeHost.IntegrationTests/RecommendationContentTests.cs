using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;

namespace EdgeHost.IntegrationTests;

/// <summary>Items that nobody met, recommended by what their texts mean and their pictures show, with real weights.</summary>
public class RecommendationContentTests(ServingHost host) : IClassFixture<ServingHost>
{
    // Two on each subject, without a word in common that counts.
    private static readonly (string Item, string Title, string Text)[] Articles =
    [
        ("soup1", "Lentil soup with lemon", "A warm dish for winter evenings."),
        ("soup2", "How to simmer broth and season a stew", "What every cook should know."),
        ("chess1", "Opening theory: the Sicilian defence", "Why black plays it."),
        ("chess2", "Rooks and pawns late in the game", "Checkmate in twelve moves."),
        ("football1", "The striker scored twice", "A final that nobody will forget."),
        ("football2", "The goalkeeper saved a penalty", "His team goes on to the next round."),
        ("money1", "Interest rates rose again this quarter", "Borrowing becomes dear."),
        ("money2", "Bond markets fell", "What the central bank said."),
    ];

    [Theory]
    [InlineData("soup")]
    [InlineData("chess")]
    [InlineData("football")]
    [InlineData("money")]
    public async Task NewItem_IsRecommendedByWhatItsTextMeans(string subject)
    {
        var catalog = $"texts-{subject}";
        await using var client = await host.ConnectAsync("reader");
        await client.Recommendation.PutItemsAsync(catalog, [.. Articles.Select(static article => new CatalogItem { Item = article.Item, Title = article.Title, Text = article.Text })]);
        var content = await MadeAsync(client, catalog, static content => content.Texts == Articles.Length);
        await client.Recommendation.RecordAsync(catalog, [new UserEvent { User = "me", Item = $"{subject}1", Type = "read", Time = 1_700_000_000_000 }]);

        var list = await client.Recommendation.RecommendAsync(new RecommendRequest { Catalog = catalog, User = "me", Count = 1 });

        Assert.Equal($"{subject}2", list.Items[0].Item);
        Assert.Contains(list.Items[0].Reasons!, reason => reason.Kind == "embedding" && reason.Items!.Contains($"{subject}1"));
        Assert.Equal(["text-embedding-en@1.0.0"], content.Models);
    }

    [ModelsFact]
    public async Task NewItem_IsRecommendedByWhatItsPictureShows()
    {
        await using var client = await host.ConnectAsync("gallery");
        await client.Recommendation.PutItemsAsync("pictures", [.. Enumerable.Range(0, 4).SelectMany(static i => new CatalogItem[] { new() { Item = $"bars{i}", Image = Bars(i) }, new() { Item = $"rings{i}", Image = Rings(i) } })]);
        var content = await MadeAsync(client, "pictures", static content => content.Pictures == 8);
        await client.Recommendation.RecordAsync("pictures", [new UserEvent { User = "me", Item = "rings2", Type = "like", Time = 1_700_000_000_000 }]);

        var list = await client.Recommendation.RecommendAsync(new RecommendRequest { Catalog = "pictures", User = "me", Count = 3 });

        Assert.Equal(["rings0", "rings1", "rings3"], list.Items.Select(static item => item.Item).Order());
        Assert.StartsWith("det-centernet@", Assert.Single(content.Models), StringComparison.Ordinal);
    }

    private Task<ContentStatus> MadeAsync(EdgeHostClient client, string catalog, Func<ContentStatus, bool> holds) => Until.HoldsAsync(
        "vectors of all items",
        async () => (await client.Recommendation.GetStatusAsync(catalog)).Content!,
        holds,
        static content => $"{content.Texts} texts, {content.Pictures} pictures, {content.Waiting} wait, {content.Failed} failed, {string.Join("; ", content.Problems)}",
        () => host.Process.Output);

    // Upright bars and rings around the middle: of another width and another colour each.
    private static byte[] Bars(int number) => Bitmaps.Of(160, 160, (x, _) => x / (8 + number) % 2 == 0 ? ((byte)(40 * number), (byte)30, (byte)120) : ((byte)240, (byte)220, (byte)200));

    private static byte[] Rings(int number)
        => Bitmaps.Of(160, 160, (x, y) => (int)double.Hypot(x - 80, y - 80) / (8 + number) % 2 == 0 ? ((byte)(40 * number), (byte)30, (byte)120) : ((byte)240, (byte)220, (byte)200));
}
