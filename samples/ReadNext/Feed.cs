using EdgeHost;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Client;

namespace ReadNext;

/// <summary>Articles as a catalogue of this app, and one reader of them.</summary>
internal sealed class Feed(EdgeHostClient client, string catalog, string user, TimeProvider time)
{
    /// <summary>Puts the articles in; those that are there are replaced.</summary>
    public async Task PutAsync(IReadOnlyList<Article> articles, CancellationToken cancellationToken)
        => await client.Recommendation.PutItemsAsync(
            catalog,
            [.. articles.Select(static article => new CatalogItem { Item = article.Id, Title = article.Title, Text = article.Text, Tags = article.Tags })],
            cancellationToken: cancellationToken);

    /// <summary>What to read next: mostly the best, some to learn more.</summary>
    public async Task<RecommendResponse> NextAsync(int count, long? seed, CancellationToken cancellationToken)
        => await client.Recommendation.RecommendAsync(
            new RecommendRequest { Catalog = catalog, User = user, Count = count, Explore = true, Seed = seed }, cancellationToken: cancellationToken);

    /// <summary>Records what the reader did with a place of a list.</summary>
    public async Task RecordAsync(RecommendResponse list, int place, string type, CancellationToken cancellationToken)
        => await client.Recommendation.RecordAsync(
            catalog,
            [new UserEvent { User = user, Item = list.Items[place].Item, Type = type, Time = time.GetUtcNow().ToUnixTimeMilliseconds(), List = list.List, Position = place + 1 }],
            cancellationToken: cancellationToken);

    /// <summary>For each list that was shown, the share of its places that the reader took, oldest first.</summary>
    public async Task<IReadOnlyList<double>> CurveAsync(CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, (int Places, int Taken)>(StringComparer.Ordinal);
        await foreach (var chunk in client.Recommendation.ExportAsync(new ExportRequest { Catalog = catalog, User = user }, cancellationToken: cancellationToken))
        {
            foreach (var line in chunk.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)) LearningCurve.Count(line, lists);
        }

        return LearningCurve.Of(lists.Values);
    }

    /// <summary>How good each kind of model is on what was held out; null while there is too little.</summary>
    public async Task<EvaluateResponse?> EvaluateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.Recommendation.EvaluateAsync(new EvaluateRequest { Catalog = catalog }, cancellationToken: cancellationToken);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.FailedPrecondition)
        {
            return null;
        }
    }

    /// <summary>Forgets the catalogue.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.Recommendation.ForgetAsync(new ForgetRequest { Catalog = catalog, Everything = true }, cancellationToken: cancellationToken);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            // There was none.
        }
    }
}
