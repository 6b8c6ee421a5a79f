using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>
/// Which row of an encoder's tables belongs to a word or piece. A view of the model's file, without a copy: <c>EHV1</c>, how many words and
/// pieces there are (int32), and the fingerprints of both in rising order; all little-endian. Immutable.
/// </summary>
internal readonly struct Vocabulary
{
    /// <summary>The row of what is no token.</summary>
    public const long Padding = 0;

    /// <summary>The row of words that are not known.</summary>
    public const long Unknown = 1;

    /// <summary>The first row of a known word; that of a known piece is 1.</summary>
    public const int FirstWord = 2;

    private const int HeaderBytes = 12;
    private static readonly uint Magic = BinaryPrimitives.ReadUInt32LittleEndian("EHV1"u8);

    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _words;

    /// <summary>Reads the header.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: this is no vocabulary.</exception>
    public Vocabulary(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic) throw Damaged();
        var (words, pieces) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        if (words < 0 || pieces < 0 || HeaderBytes + (4L * words) + (4L * pieces) != bytes.Length) throw Damaged();
        (_file, _words) = (file, words);
    }

    private ReadOnlySpan<uint> Fingerprints => MemoryMarshal.Cast<byte, uint>(_file.Span[HeaderBytes..]);

    /// <summary>Writes a vocabulary.</summary>
    /// <param name="words">Fingerprints of words in rising order; the first has row <see cref="FirstWord"/>.</param>
    /// <param name="pieces">Those of pieces; the first has row 1.</param>
    public static byte[] Write(ReadOnlySpan<uint> words, ReadOnlySpan<uint> pieces)
    {
        var file = new byte[HeaderBytes + (4 * words.Length) + (4 * pieces.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), words.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), pieces.Length);
        MemoryMarshal.AsBytes(words).CopyTo(file.AsSpan(HeaderBytes));
        MemoryMarshal.AsBytes(pieces).CopyTo(file.AsSpan(HeaderBytes + (4 * words.Length)));
        return file;
    }

    /// <summary>The row of a token, or <see cref="Unknown"/>.</summary>
    public long Word(Token token)
    {
        var index = Fingerprints[.._words].BinarySearch(Pieces.Word(token));
        return index < 0 ? Unknown : index + FirstWord;
    }

    /// <summary>The row of a piece, or <see cref="Padding"/>.</summary>
    public long Piece(IReadOnlyList<Token> tokens, int position, int piece)
    {
        if (Pieces.Of(tokens, position, piece) is not { } print) return Padding;
        var index = Fingerprints[_words..].BinarySearch(print);
        return index < 0 ? Padding : index + 1;
    }

    private static EdgeHostException Damaged() => new(ErrorCode.DataLoss, "The model's vocabulary is damaged; 'edgehost models verify' shows whether its files are whole.");
}
