using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;
using EngineItem = EdgeHost.Plugins.Recommendation.Engine.Ranking.RecommendedItem;

namespace EdgeHost.Plugins.Recommendation.Lists;

/// <summary>Makes lists and reasons of a catalogue's models. Thread-safe.</summary>
internal sealed class ListWriter(RecommendationOptions options, TimeProvider time)
{
    private const int DefaultCount = 10;
    private const int DefaultReasons = 2;
    private const int MostCandidates = 10_000;
    private const int MostContext = 100;
    private const int ListBytes = 12;

    /// <summary>A list for a user.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: something of the request is wrong; else as the catalogue says.</exception>
    public async ValueTask<RecommendResponse> RecommendAsync(OpenCatalog catalog, RecommendRequest request, CancellationToken cancellationToken)
    {
        Check(request.User, request.Candidates, request.Context);
        if (request.Filter is not null)
        {
            await catalog.Turn.RunAsync(
                (_, contents) =>
                {
                    Filters.Check(contents, request.Filter);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }

        var models = await catalog.Models.GetAsync(cancellationToken).ConfigureAwait(false);
        var history = await catalog.Models.HistoryAsync(models, request.User, request.Context?.Items, cancellationToken).ConfigureAwait(false);
        var (known, _) = Split(models.Catalogue, request.Candidates);
        var query = new RecommendationQuery
        {
            Count = request.Count ?? DefaultCount,
            ExcludeSeen = request.ExcludeSeen ?? true,
            Allowed = AllowedOf(models, request, history, known),
            Candidates = known,
            Diversity = request.Diversity ?? 0,
            Caps = [.. (request.Caps ?? new Dictionary<string, int>()).Select(static cap => new AttributeCap(cap.Key, cap.Value))],
            Reasons = request.Reasons ?? DefaultReasons,
        };
        if (request.Explore != true) return Write(models, models.Recommender.Recommend(history, query), request.Language, isExploring: false);
        return await ExploreAsync(catalog, models, history, query, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An app's own list in the order that suits a user.</summary>
    /// <inheritdoc cref="RecommendAsync"/>
    public async ValueTask<RecommendResponse> RankAsync(OpenCatalog catalog, RankRequest request, CancellationToken cancellationToken)
    {
        Check(request.User, request.Candidates, request.Context);
        var models = await catalog.Models.GetAsync(cancellationToken).ConfigureAwait(false);
        var history = await catalog.Models.HistoryAsync(models, request.User, request.Context?.Items, cancellationToken).ConfigureAwait(false);
        var (known, unknown) = Split(models.Catalogue, request.Candidates);
        IReadOnlyList<EngineItem> list = known is { Count: > 0 }
            ? models.Recommender.Recommend(history, new RecommendationQuery
            {
                Count = request.Count ?? known.Count, Candidates = known, Diversity = request.Diversity ?? 0, Reasons = request.Reasons ?? DefaultReasons,
            })
            : [];
        return Write(models, list, request.Language, isExploring: false, unknown);
    }

    /// <summary>Items that go with an item.</summary>
    /// <inheritdoc cref="RecommendAsync"/>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the catalogue has no such item.</exception>
    public async ValueTask<RecommendResponse> SimilarAsync(OpenCatalog catalog, SimilarRequest request, CancellationToken cancellationToken)
    {
        var models = await catalog.Models.GetAsync(cancellationToken).ConfigureAwait(false);
        var item = IndexOf(models, request.Item);
        var allowed = Filters.Allowed(models, request.Filter, null);
        if (request.User is { Length: > 0 } user)
        {
            var history = await catalog.Models.HistoryAsync(models, user, null, cancellationToken).ConfigureAwait(false);
            allowed ??= new ItemSet(models.Catalogue.Count, full: true);
            foreach (var met in history.Items) allowed.Remove(met);
        }

        var list = models.Recommender.Similar(item, new RecommendationQuery
        {
            Count = request.Count ?? DefaultCount, Allowed = allowed, Diversity = request.Diversity ?? 0, Reasons = request.Reasons ?? DefaultReasons,
        });
        return Write(models, list, request.Language, isExploring: false);
    }

    /// <summary>All parts of a score.</summary>
    /// <inheritdoc cref="SimilarAsync"/>
    public async ValueTask<ExplainResponse> ExplainAsync(OpenCatalog catalog, ExplainRequest request, CancellationToken cancellationToken)
    {
        Check(request.User, null, null);
        var models = await catalog.Models.GetAsync(cancellationToken).ConfigureAwait(false);
        var item = IndexOf(models, request.Item);
        var history = await catalog.Models.HistoryAsync(models, request.User, null, cancellationToken).ConfigureAwait(false);
        var score = new float[1];
        models.Recommender.Model.Scorer.ScoreSome(history, [item], score);
        var writer = new ReasonWriter(models.Catalogue, ReasonTexts.For(request.Language));
        return new ExplainResponse
        {
            Score = score[0], Reasons = [.. models.Recommender.Explain(history, item).Select(writer.Write)], Model = models.Label, Version = models.Version,
        };
    }

    private async ValueTask<RecommendResponse> ExploreAsync(
        OpenCatalog catalog, ServingModels models, UserHistory history, RecommendationQuery query, RecommendRequest request, CancellationToken cancellationToken)
    {
        var seed = request.Seed is { } given ? (ulong)given : BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var shown = await catalog.Turn.RunAsync((database, _) => database.FeedbackOf(request.User), cancellationToken).ConfigureAwait(false);
        var feedback = shown.Select(x => (Item: models.Catalogue.IndexOf(x.Item), Feedback: new ItemFeedback(x.Shown, x.Taken)))
            .Where(static x => x.Item >= 0).ToDictionary(static x => x.Item, static x => x.Feedback);
        var list = models.Recommender.Recommend(history, query with { Exploration = new ExplorationOptions { Seed = seed, Feedback = feedback } });
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ListBytes));
        var isPlain = request is { Filter: null, Exclude: null, Candidates: null, Caps: null, Context: null } && query is { Diversity: 0, ExcludeSeen: true };
        await catalog.Turn.RunAsync(
            (database, contents) => database.Transaction(() =>
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                for (var i = 0; i < list.Count; i++) database.AddShowing(name, i + 1, request.User, list[i].Id, list[i].Propensity, now, contents.LastEvent, isPlain);
                database.TrimShowings(options.MaxShowings);
                return 0;
            }),
            cancellationToken).ConfigureAwait(false);
        var response = Write(models, list, request.Language, isExploring: true);
        return new RecommendResponse { Items = response.Items, Model = response.Model, Version = response.Version, List = name };
    }

    private static ItemSet? AllowedOf(ServingModels models, RecommendRequest request, UserHistory history, IReadOnlyList<int>? candidates)
    {
        var allowed = Filters.Allowed(models, request.Filter, request.Exclude);
        if (candidates is null || request.ExcludeSeen != true) return allowed;

        // The engine ranks candidates whether they were met or not, as apps mean it that do not say.
        allowed ??= new ItemSet(models.Catalogue.Count, full: true);
        foreach (var met in history.Items) allowed.Remove(met);
        return allowed;
    }

    private static RecommendResponse Write(ServingModels models, IReadOnlyList<EngineItem> list, string? language, bool isExploring, IReadOnlyList<string>? unknown = null)
    {
        var writer = new ReasonWriter(models.Catalogue, ReasonTexts.For(language));
        return new RecommendResponse
        {
            Items = [.. list.Select(item => new Capabilities.Recommendation.RecommendedItem
            {
                Item = item.Id, Score = item.Score, Reasons = [.. item.Reasons.Select(writer.Write)], Propensity = isExploring ? item.Propensity : null,
            })],
            Model = models.Label,
            Version = models.Version,
            Unknown = unknown,
        };
    }

    private static (IReadOnlyList<int>? Known, IReadOnlyList<string>? Unknown) Split(Catalogue catalogue, IReadOnlyList<string>? candidates)
    {
        if (candidates is null) return (null, null);
        var numbers = candidates.Select(catalogue.IndexOf).ToList();
        return ([.. numbers.Where(static number => number >= 0)], [.. candidates.Where((_, i) => numbers[i] < 0).Distinct(StringComparer.Ordinal)]);
    }

    private static int IndexOf(ServingModels models, string item)
        => models.Catalogue.IndexOf(item) is >= 0 and var number ? number : throw new EdgeHostException(ErrorCode.NotFound, $"The catalogue has no item '{item}'.");

    private static void Check(string user, IReadOnlyList<string>? candidates, ListContext? context)
    {
        if (user.Length == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "'user' must have 1 to 256 characters.");
        if (candidates?.Count > MostCandidates) throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {candidates.Count} candidates; at most {MostCandidates} are taken.");
        if (context?.Items?.Count > MostContext) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The context has {context.Items.Count} items; at most {MostContext} are taken. Send the newest.");
    }
}
