using EdgeHost.Plugins.Language.Encoders;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>The words and pieces that an encoder knows. Immutable.</summary>
/// <param name="File">The vocabulary's file.</param>
/// <param name="Words">Fingerprints of words in rising order.</param>
/// <param name="Pieces">Those of pieces.</param>
/// <param name="WordRows">Rows of a table of words.</param>
/// <param name="Vectors">For each row of a table of all pieces the row among those that have a vector; 0 where there is none.</param>
/// <param name="VectorRows">Rows of the table of pieces that have a vector.</param>
internal sealed record ChosenVocabulary(byte[] File, uint[] Words, uint[] Pieces, int WordRows, int[] Vectors, int VectorRows)
{
    /// <summary>Rows of a table of all pieces.</summary>
    public int PieceRows => Vectors.Length;

    /// <summary>For each row of a table of words the row that the word has in another vocabulary; -1 where it is not in that.</summary>
    public int[] WordRowsIn(ChosenVocabulary other)
        => [.. Enumerable.Range(0, Vocabulary.FirstWord), .. Words.Select(word => Array.BinarySearch(other.Words, word) is var index and >= 0 ? index + Vocabulary.FirstWord : -1)];

    /// <summary>The same for the rows of pieces that have a vector.</summary>
    public int[] VectorRowsIn(ChosenVocabulary other)
    {
        var rows = new int[VectorRows];
        for (var piece = 0; piece < Pieces.Length; piece++)
        {
            if (Vectors[piece + 1] == 0) continue;
            var row = Array.BinarySearch(other.Pieces, Pieces[piece]) is var index and >= 0 ? other.Vectors[index + 1] : 0;
            rows[Vectors[piece + 1]] = row == 0 ? -1 : row;
        }

        return rows;
    }
}
