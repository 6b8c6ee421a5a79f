using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Chooses the words and pieces that an encoder knows.</summary>
internal static class VocabularyBuilder
{
    /// <summary>Counts and chooses.</summary>
    /// <param name="texts">The training texts.</param>
    /// <param name="settings">How often something must occur.</param>
    /// <returns>The vocabulary's file and how many rows its two tables have.</returns>
    public static (byte[] File, int WordRows, int PieceRows) Build(IEnumerable<List<Token>> texts, TableSettings settings)
    {
        var (words, pieces) = (new Dictionary<uint, int>(), new Dictionary<uint, int>());
        var seen = new HashSet<uint>();
        foreach (var tokens in texts)
        {
            Count(words, seen, tokens.Select(Pieces.Word));
            Count(pieces, seen, Enumerable.Range(0, tokens.Count).SelectMany(position => Enumerable.Range(0, Pieces.Count).Select(piece => Pieces.Of(tokens, position, piece))).OfType<uint>());
        }

        var chosenWords = words.Where(word => word.Value >= settings.LeastWordTexts).Select(word => word.Key).Order().ToArray();
        var chosenPieces = pieces.Where(piece => piece.Value >= settings.LeastPieceTexts)
            .OrderByDescending(piece => piece.Value).ThenBy(piece => piece.Key).Take(settings.MostPieces).Select(piece => piece.Key).Order().ToArray();
        return (Vocabulary.Write(chosenWords, chosenPieces), chosenWords.Length + Vocabulary.FirstWord, chosenPieces.Length + 1);
    }

    // Each text counts once.
    private static void Count(Dictionary<uint, int> counts, HashSet<uint> seen, IEnumerable<uint> prints)
    {
        seen.Clear();
        foreach (var print in prints)
        {
            if (seen.Add(print)) counts[print] = counts.GetValueOrDefault(print) + 1;
        }
    }
}
