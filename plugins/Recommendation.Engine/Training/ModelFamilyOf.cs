using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>A kind of model with options: searched axis by axis from the start, keeping what is better (coordinate descent).</summary>
internal sealed class ModelFamily<TOptions>(
    ScorerKind kind,
    TOptions start,
    IReadOnlyList<Axis<TOptions>> axes,
    Func<Snapshot, TOptions, CancellationToken, ValueTask<ItemScorer>> build,
    Func<TOptions, TOptions>? whileSearching = null)
    : ModelFamily(kind)
    where TOptions : class, IEquatable<TOptions>
{
    /// <summary>A kind that is built at once.</summary>
    public ModelFamily(
        ScorerKind kind, TOptions start, IReadOnlyList<Axis<TOptions>> axes, Func<Snapshot, TOptions, CancellationToken, ItemScorer> build, Func<TOptions, TOptions>? whileSearching = null)
        : this(kind, start, axes, (snapshot, options, cancellationToken) => ValueTask.FromResult(build(snapshot, options, cancellationToken)), whileSearching)
    {
    }

    public override async ValueTask<Candidate> SearchAsync(ModelSearch search)
    {
        var best = start;
        var scorer = await BuildSearchingAsync(search, best).ConfigureAwait(false);
        var score = search.Score(scorer);
        var tried = new HashSet<TOptions> { best };
        foreach (var axis in axes)
        {
            foreach (var variant in axis.Variants(best))
            {
                if (!tried.Add(variant)) continue;
                var other = axis.Rescore is null ? await BuildSearchingAsync(search, variant).ConfigureAwait(false) : axis.Rescore(scorer, variant);
                var otherScore = search.Score(other);
                if (otherScore <= score) continue;
                (best, scorer, score) = (variant, other, otherScore);
            }
        }

        // What was searched on less is compared with the other kinds, and blended, on all.
        if (whileSearching is not null && !whileSearching(best).Equals(best)) scorer = await build(search.Split.Train, best, search.CancellationToken).ConfigureAwait(false);
        return new Candidate(Kind, best.ToString()!, tried.Count, scorer, (snapshot, cancellationToken) => build(snapshot, best, cancellationToken));
    }

    public override Candidate Default() => new(Kind, start.ToString()!, 0, null, (snapshot, cancellationToken) => build(snapshot, start, cancellationToken));

    private ValueTask<ItemScorer> BuildSearchingAsync(ModelSearch search, TOptions options)
        => build(search.Split.Train, whileSearching is null ? options : whileSearching(options), search.CancellationToken);
}
