using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>A kind of model with options: searched axis by axis from the start, keeping what is better (coordinate descent).</summary>
internal sealed class ModelFamily<TOptions>(
    ScorerKind kind,
    TOptions start,
    IReadOnlyList<Axis<TOptions>> axes,
    Func<Snapshot, TOptions, CancellationToken, ItemScorer> build,
    Func<TOptions, TOptions>? whileSearching = null)
    : ModelFamily(kind)
    where TOptions : class, IEquatable<TOptions>
{
    public override Candidate Search(ModelSearch search)
    {
        var best = start;
        var scorer = BuildSearching(search, best);
        var score = search.Score(scorer);
        var tried = new HashSet<TOptions> { best };
        foreach (var axis in axes)
        {
            foreach (var variant in axis.Variants(best))
            {
                if (!tried.Add(variant)) continue;
                var other = axis.Rescore is null ? BuildSearching(search, variant) : axis.Rescore(scorer, variant);
                var otherScore = search.Score(other);
                if (otherScore <= score) continue;
                (best, scorer, score) = (variant, other, otherScore);
            }
        }

        // What was searched on less is compared with the other kinds, and blended, on all.
        if (whileSearching is not null && !whileSearching(best).Equals(best)) scorer = build(search.Split.Train, best, search.CancellationToken);
        return new Candidate(Kind, best.ToString()!, tried.Count, scorer, (snapshot, cancellationToken) => build(snapshot, best, cancellationToken));
    }

    public override Candidate Default() => new(Kind, start.ToString()!, 0, null, (snapshot, cancellationToken) => build(snapshot, start, cancellationToken));

    private ItemScorer BuildSearching(ModelSearch search, TOptions options)
        => build(search.Split.Train, whileSearching is null ? options : whileSearching(options), search.CancellationToken);
}
