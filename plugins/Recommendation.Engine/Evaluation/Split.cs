using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>A snapshot to build on and what is held out of it.</summary>
public sealed class Split
{
    /// <summary>Creates a split of which both sides are known, for example from files.</summary>
    /// <param name="train">What models are built on.</param>
    /// <param name="relevant">For each user of <paramref name="train"/> the numbers of the held-out items, ascending; empty for none.</param>
    public Split(Snapshot train, IReadOnlyList<int[]> relevant)
    {
        if (relevant.Count != train.Users.Count) throw new ArgumentException($"There are {train.Users.Count} users and {relevant.Count} lists of held-out items.", nameof(relevant));
        Train = train;
        Relevant = relevant;
    }

    /// <summary>What models are built on.</summary>
    public Snapshot Train { get; }

    /// <summary>The held-out items of each user, ascending.</summary>
    public IReadOnlyList<int[]> Relevant { get; }

    /// <summary>How many users have held-out items.</summary>
    public int UserCount => Relevant.Count(static items => items.Length > 0);
}
