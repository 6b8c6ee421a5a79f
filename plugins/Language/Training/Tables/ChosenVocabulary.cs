namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>The words and pieces that an encoder knows. Immutable.</summary>
/// <param name="File">The vocabulary's file.</param>
/// <param name="WordRows">Rows of a table of words.</param>
/// <param name="Vectors">For each row of a table of all pieces the row among those that have a vector; 0 where there is none.</param>
/// <param name="VectorRows">Rows of the table of pieces that have a vector.</param>
internal sealed record ChosenVocabulary(byte[] File, int WordRows, int[] Vectors, int VectorRows)
{
    /// <summary>Rows of a table of all pieces.</summary>
    public int PieceRows => Vectors.Length;
}
