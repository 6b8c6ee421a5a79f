using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>
/// What the towers learn from: an event of a user, others of the same user, and items that the user did not meet, drawn evenly. Rows are numbered from 1; row 0 is no item in histories, and an item
/// that is known by what it is alone among the items that are compared.
/// </summary>
internal sealed class TowerExamples
{
    private const int DrawsOfPair = 3;
    private const int MostTries = 16;

    private TowerExamples(int count, TowerOptions options)
    {
        Count = count;
        History = new long[count * options.HistoryItems];
        Weights = new float[History.Length];
        Items = new long[count * (options.Negatives + 1)];
        Ids = new long[Items.Length];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Pairs of a user and an item that they are drawn of.</summary>
    public int Pairs { get; private init; }

    /// <summary>Rows of other items of the user; 0 where there are no more. [examples, history items].</summary>
    public long[] History { get; }

    /// <summary>Their weights, whose mean over a history with its empty places makes the weighted mean of the items.</summary>
    public float[] Weights { get; }

    /// <summary>Rows of the items that are compared, the user's own first. [examples, 1 + negatives].</summary>
    public long[] Items { get; }

    /// <summary>The same, some replaced by 0.</summary>
    public long[] Ids { get; }

    /// <summary>Draws examples.</summary>
    /// <param name="snapshot">The histories.</param>
    /// <param name="rowOf">The row of each item; 0 where it has none.</param>
    /// <param name="rows">How many rows there are, without row 0.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TowerExamples Draw(Snapshot snapshot, int[] rowOf, int rows, TowerOptions options, CancellationToken cancellationToken)
    {
        var random = new SeededNumbers(options.Seed);
        var histories = new (int[] Rows, float[] Values)[snapshot.Users.Count];
        var pairs = new List<(int User, int Place)>();
        for (var user = 0; user < histories.Length; user++)
        {
            histories[user] = Positive(snapshot.Histories[user], rowOf);
            if (histories[user].Rows.Length < 2) continue;
            for (var place = 0; place < histories[user].Rows.Length; place++) pairs.Add((user, place));
        }

        var count = pairs.Count == 0 || rows < 2 ? 0 : (int)Math.Min(options.MaxExamples, (long)pairs.Count * DrawsOfPair);
        var examples = new TowerExamples(count, options) { Pairs = pairs.Count };
        var order = pairs.ToArray();
        for (var example = 0; example < count; example++)
        {
            if (example % order.Length == 0) random.Shuffle<(int, int)>(order);
            cancellationToken.ThrowIfCancellationRequested();
            var (user, place) = order[example % order.Length];
            examples.Set(example, histories[user], place, rows, options, random);
        }

        return examples;
    }

    private static (int[] Rows, float[] Values) Positive(UserHistory history, int[] rowOf)
    {
        var places = Enumerable.Range(0, history.Count).Where(i => history.Values[i] > 0 && rowOf[history.Items[i]] > 0).ToArray();
        return (Array.ConvertAll(places, i => rowOf[history.Items[i]]), Array.ConvertAll(places, i => history.Values[i]));
    }

    private void Set(int example, (int[] Rows, float[] Values) history, int place, int rows, TowerOptions options, SeededNumbers random)
    {
        var most = options.HistoryItems;
        var others = Enumerable.Range(0, history.Rows.Length).Where(other => other != place).ToArray();
        var taken = Math.Min(most, others.Length);
        for (var i = 0; i < taken; i++)
        {
            // The first draws of a shuffle: a sample without repetition.
            var drawn = i + random.NextInt(others.Length - i);
            (others[i], others[drawn]) = (others[drawn], others[i]);
        }

        var total = 0f;
        for (var i = 0; i < taken; i++) total += history.Values[others[i]];
        for (var i = 0; i < taken; i++)
        {
            History[(example * most) + i] = history.Rows[others[i]];
            Weights[(example * most) + i] = history.Values[others[i]] * most / total;
        }

        var first = example * (options.Negatives + 1);
        Items[first] = history.Rows[place];
        for (var i = 1; i <= options.Negatives; i++) Items[first + i] = DrawOther(history.Rows, rows, random);
        for (var i = 0; i <= options.Negatives; i++) Ids[first + i] = random.NextDouble() < options.UnknownShare ? 0 : Items[first + i];
    }

    // Somebody who met about everything is compared with what was met, too; it tells nothing, and does no harm.
    private static long DrawOther(int[] met, int rows, SeededNumbers random)
    {
        for (var i = 0; ; i++)
        {
            var row = 1 + random.NextInt(rows);
            if (i == MostTries || !met.AsSpan().Contains(row)) return row;
        }
    }
}
