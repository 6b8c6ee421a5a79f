namespace EdgeHost.Plugins.Translation.Training.Rows;

/// <summary>
/// Puts several pairs into one row of fixed length. A graph of a training step has one shape, and sentences have many: a pair a row would be
/// padding for the most part, and several shapes would need several graphs.
/// </summary>
internal static class RowPacking
{
    private const int OpenRows = 64;

    /// <summary>Packs pairs in an order that follows from a seed: each goes into the open row that it fills best.</summary>
    /// <param name="pairs">The pairs; those longer than a row are left out.</param>
    /// <param name="length">Pieces of a row on either side.</param>
    /// <param name="seed">What the order is drawn from.</param>
    /// <returns>The rows; indices of pairs in each.</returns>
    public static List<int[]> Pack(IReadOnlyList<EncodedPair> pairs, int length, int seed)
    {
        var order = Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Source.Length <= length && pairs[i].Target.Length <= length).ToArray();
        new Random(seed).Shuffle(order);
        var open = new List<OpenRow>();
        var rows = new List<int[]>();
        foreach (var index in order)
        {
            var (source, target) = (pairs[index].Source.Length, pairs[index].Target.Length);
            OpenRow? best = null;
            foreach (var row in open)
            {
                if (row.Source + source <= length && row.Target + target <= length && (best is null || row.Fill > best.Fill)) best = row;
            }

            if (best is null)
            {
                if (open.Count == OpenRows) Close(open.MaxBy(row => row.Fill)!);
                open.Add(best = new OpenRow());
            }

            best.Add(index, source, target);
        }

        foreach (var row in open) rows.Add([.. row.Pairs]);
        return rows;

        void Close(OpenRow row)
        {
            open.Remove(row);
            rows.Add([.. row.Pairs]);
        }
    }

    private sealed class OpenRow
    {
        public List<int> Pairs { get; } = [];

        public int Source { get; private set; }

        public int Target { get; private set; }

        public int Fill => Math.Max(Source, Target);

        public void Add(int pair, int source, int target)
        {
            Pairs.Add(pair);
            (Source, Target) = (Source + source, Target + target);
        }
    }
}
