using System.Runtime.InteropServices;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Content;

/// <summary>
/// Vectors of items: TF-IDF (1 + ln tf) ln(1 + N / df) of tags and text attributes, and apart from them of the words of title and text; both sides of length 1, weighed against each other, and
/// the whole of length 1 again. Features of one item alone compare it with nothing, and words that most items have ("the") say nothing of any: they count for the length and are left out.
/// </summary>
internal static class ContentBuilder
{
    private const string TextPrefix = "text:";
    private const int LeastFeatures = 16;
    private const double MostWordShare = 0.5;

    public static ContentScorer Build(Catalogue catalogue, ContentOptions options, CancellationToken cancellationToken)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var item = 0; item < catalogue.Count; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(catalogue.Find(item), options, counts);
            foreach (var feature in counts.Keys) CollectionsMarshal.GetValueRefOrAddDefault(frequencies, feature, out _)++;
        }

        var mostOfWord = Math.Max(2, (int)(MostWordShare * catalogue.Count));
        var features = frequencies.Where(x => x.Value > 1 && (x.Value <= mostOfWord || !x.Key.StartsWith(TextPrefix, StringComparison.Ordinal)))
            .OrderByDescending(static x => x.Value).ThenBy(static x => x.Key, StringComparer.Ordinal).Take(options.MaxFeatures).Select(static x => x.Key).ToArray();
        Array.Sort(features, StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(features.Length, StringComparer.Ordinal);
        for (var i = 0; i < features.Length; i++) numbers[features[i]] = i;
        var rows = new SparseRowsBuilder(catalogue.Count, features.Length);
        var most = Math.Min(options.FeaturesOfItem, Math.Max(LeastFeatures, options.MaxEntries / Math.Max(1, catalogue.Count)));
        for (var item = 0; item < catalogue.Count; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(catalogue.Find(item), options, counts);
            AddRow(rows, counts, numbers, feature => Math.Log(1 + ((double)catalogue.Count / frequencies[feature])), most, options.TextShare);
        }

        return new ContentScorer(rows.Build(), features, Embeddings(catalogue), options);
    }

    private static void Count(CatalogueItem? item, ContentOptions options, Dictionary<string, int> counts)
    {
        counts.Clear();
        if (item is null) return;
        foreach (var tag in item.Tags) CollectionsMarshal.GetValueRefOrAddDefault(counts, $"tag:{tag}", out _)++;
        foreach (var (name, value) in item.Attributes)
        {
            foreach (var text in value.Texts) CollectionsMarshal.GetValueRefOrAddDefault(counts, $"{name}:{text}", out _)++;
        }

        if (options.TextShare <= 0) return;
        foreach (var text in (ReadOnlySpan<string?>)[item.Title, item.Text])
        {
            foreach (var word in Words.Of(text ?? string.Empty, options.MaxTextLength)) CollectionsMarshal.GetValueRefOrAddDefault(counts, TextPrefix + word, out _)++;
        }
    }

    private static void AddRow(SparseRowsBuilder rows, Dictionary<string, int> counts, Dictionary<string, int> numbers, Func<string, double> rarity, int most, double share)
    {
        var all = counts.Select(x => (Number: numbers.GetValueOrDefault(x.Key, -1), IsText: x.Key.StartsWith(TextPrefix, StringComparison.Ordinal), Weight: (1 + Math.Log(x.Value)) * rarity(x.Key))).ToArray();
        var weights = all.Where(static x => x.Number >= 0).OrderByDescending(static x => x.Weight).ThenBy(static x => x.Number).Take(most).ToArray();
        var (text, tags) = (LengthOf(true), LengthOf(false));
        var (textShare, tagShare) = (tags == 0 ? 1 : share, text == 0 ? 1 : 1 - share);
        var length = Math.Sqrt(((text > 0 ? 1 : 0) * textShare * textShare) + ((tags > 0 ? 1 : 0) * tagShare * tagShare));
        rows.Add(
            Array.ConvertAll(weights, static x => x.Number),
            Array.ConvertAll(weights, x => (float)(x.Weight * (x.IsText ? textShare / text : tagShare / tags) / length)));

        // Of all that the item has, what it has alone included: or two items with nothing in common but one word would be the same.
        double LengthOf(bool isText) => Math.Sqrt(all.Where(x => x.IsText == isText).Sum(static x => x.Weight * x.Weight));
    }

    private static EmbeddingTable Embeddings(Catalogue catalogue)
    {
        var given = Enumerable.Range(0, catalogue.Count).Select(item => (Item: item, Vector: catalogue.Find(item)?.Embedding ?? default)).Where(static x => x.Vector.Length > 0).ToList();

        // The length that most items have; of equally many the smaller.
        var width = given.GroupBy(static x => x.Vector.Length).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key).FirstOrDefault()?.Key ?? 1;
        return EmbeddingTable.Create([.. given.Where(x => x.Vector.Length == width)], catalogue.Count, width);
    }
}
