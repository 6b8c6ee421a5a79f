using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Text.Pieces;

/// <summary>
/// The pieces that a Marian model reads and writes: SentencePiece cuts a text, and <c>vocab.json</c> has the ids. The ids inside of the SentencePiece file are not those of the
/// model. Thread-safe.
/// </summary>
public sealed class PieceVocabulary
{
    private const string End = "</s>";
    private const string Unknown = "<unk>";
    private const string Padding = "<pad>";
    private const char Blank = '\u2581';
    private const int MostKnownRunes = 8192;

    private readonly SentencePieceTokenizer _source;
    private readonly Dictionary<string, int> _sourceIds;
    private readonly string?[] _targetPieces;
    private readonly ConcurrentDictionary<int, bool> _knownRunes = new();

    private PieceVocabulary(SentencePieceTokenizer source, Dictionary<string, int> sourceIds, Dictionary<string, int> targetIds)
    {
        (_source, _sourceIds) = (source, sourceIds);
        _targetPieces = new string?[targetIds.Values.Max() + 1];
        foreach (var (piece, id) in targetIds) _targetPieces[id] = piece;
        (EndId, UnknownId) = (IdOf(End), IdOf(Unknown));
    }

    /// <summary>The id that ends a text.</summary>
    public int EndId { get; }

    /// <summary>The id of what the model does not know.</summary>
    public int UnknownId { get; }

    /// <summary>How many ids there are for what is written: one more than the highest.</summary>
    public int TargetCount => _targetPieces.Length;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="sentencePiece">The SentencePiece model of the source (<c>source.spm</c>).</param>
    /// <param name="ids">Pieces and their ids (<c>vocab.json</c>).</param>
    /// <param name="targetIds">Those of what is written (<c>target_vocab.json</c>); null where they are the same.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: a file cannot be read, and which.</exception>
    public static PieceVocabulary Read(ReadOnlyMemory<byte> sentencePiece, ReadOnlyMemory<byte> ids, ReadOnlyMemory<byte>? targetIds = null)
    {
        var source = ReadIds(ids, "vocab.json");
        return new PieceVocabulary(ReadPieces(sentencePiece), source, targetIds is { } target ? ReadIds(target, "target_vocab.json") : source);
    }

    /// <summary>The ids of a text, with <c>&lt;/s&gt;</c> at their end.</summary>
    /// <param name="text">A text. One that begins with the name of a language for a model of several (<c>&gt;&gt;fra&lt;&lt;</c>) keeps it as one piece.</param>
    /// <param name="most">The most ids; what is beyond is left out.</param>
    public int[] Encode(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        if (text.StartsWith(">>", StringComparison.Ordinal) && text.IndexOf("<<", StringComparison.Ordinal) is > 0 and var mark && _sourceIds.TryGetValue(text[..(mark + 2)], out var language))
        {
            ids.Add(language);
            text = text[(mark + 2)..].TrimStart();
        }

        foreach (var token in _source.EncodeToTokens(text, out _))
        {
            var id = _sourceIds.GetValueOrDefault(token.Value, UnknownId);

            // A run of unknown characters is one to SentencePiece.
            if (id == UnknownId && ids.Count > 0 && ids[^1] == UnknownId) continue;
            if (ids.Count == most - 1) break;
            ids.Add(id);
        }

        ids.Add(EndId);
        return [.. ids];
    }

    /// <summary>The text of ids; those of the end, of padding and of what is unknown stand for nothing.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if ((uint)id < (uint)_targetPieces.Length && _targetPieces[id] is { } piece and not (End or Unknown or Padding)) text.Append(piece);
        }

        return text.Replace(Blank, ' ').ToString().Trim();
    }

    /// <summary>Whether the model has a piece for a character.</summary>
    public bool Knows(Rune rune)
    {
        if (_knownRunes.TryGetValue(rune.Value, out var known)) return known;
        known = _source.EncodeToTokens(rune.ToString(), out _).All(token => _sourceIds.ContainsKey(token.Value) && token.Value != Unknown);
        if (_knownRunes.Count < MostKnownRunes) _knownRunes[rune.Value] = known;
        return known;
    }

    private static SentencePieceTokenizer ReadPieces(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException or IOException or Google.Protobuf.InvalidProtocolBufferException)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, "The model's 'source.spm' is no SentencePiece model that can be read; 'edgehost models verify' shows whether its files are whole.", e);
        }
    }

    private static Dictionary<string, int> ReadIds(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            using var document = JsonDocument.Parse(file);
            foreach (var piece in document.RootElement.EnumerateObject())
            {
                if (piece.Value.TryGetInt32(out var id) && id is >= 0 and < 10_000_000) ids[piece.Name] = id;
                else throw new JsonException($"the id of '{piece.Name}' is no id");
            }

            return ids.Count > 0 ? ids : throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, $"The model's '{name}' is no vocabulary: {e.Message}; 'edgehost models verify' shows whether its files are whole.", e);
        }
    }

    private int IdOf(string piece)
        => _sourceIds.TryGetValue(piece, out var id) ? id : throw new EdgeHostException(ErrorCode.DataLoss, $"The model's vocabulary lacks '{piece}'; 'edgehost models verify' shows whether its files are whole.");
}
