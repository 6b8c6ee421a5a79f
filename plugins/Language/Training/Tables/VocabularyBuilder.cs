using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Chooses the words and pieces that an encoder knows.</summary>
internal static class VocabularyBuilder
{
    /// <summary>Counts and chooses.</summary>
    /// <param name="texts">The training texts.</param>
    /// <param name="settings">How often something must occur.</param>
    public static ChosenVocabulary Build(IEnumerable<List<Token>> texts, TableSettings settings)
    {
        var (words, pieces) = (new Dictionary<uint, int>(), new Dictionary<uint, int>());
        var seen = new HashSet<uint>();
        foreach (var tokens in texts)
        {
            Count(words, seen, tokens.Select(Pieces.Word));
            Count(pieces, seen, Enumerable.Range(0, tokens.Count).SelectMany(position => Enumerable.Range(0, Pieces.Count).Select(piece => Pieces.Of(tokens, position, piece))).OfType<uint>());
        }

        var chosenWords = words.Where(word => word.Value >= settings.LeastWordTexts).Select(word => word.Key).Order().ToArray();
        var byFrequency = pieces.Where(piece => piece.Value >= settings.LeastSummedTexts).OrderByDescending(piece => piece.Value).ThenBy(piece => piece.Key).Take(settings.MostSummed).ToList();
        var withVector = byFrequency.Take(settings.MostPieces).Where(piece => piece.Value >= settings.LeastPieceTexts).Select(piece => piece.Key).ToHashSet();
        var chosenPieces = byFrequency.Select(piece => piece.Key).Order().ToArray();
        var vectors = new int[chosenPieces.Length + 1];
        var rows = 1;
        for (var piece = 0; piece < chosenPieces.Length; piece++) vectors[piece + 1] = withVector.Contains(chosenPieces[piece]) ? rows++ : 0;
        return new ChosenVocabulary(Vocabulary.Write(chosenWords, chosenPieces), chosenWords, chosenPieces, chosenWords.Length + Vocabulary.FirstWord, vectors, rows);
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
