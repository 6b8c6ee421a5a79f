using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Translation.Training.Texts;

/// <summary>
/// The pieces that a model reads and writes: SentencePiece cuts a text, <c>vocab.json</c> gives the ids. Both directions of a pair of languages
/// have one vocabulary. Thread-safe.
/// </summary>
internal sealed class Pieces
{
    /// <summary>Ends a sentence.</summary>
    public const int End = 0;

    /// <summary>Stands for what no piece stands for.</summary>
    public const int Unknown = 1;

    private const char Blank = '\u2581';

    private readonly Dictionary<string, int> _ids;
    private readonly string[] _pieces;
    private readonly SentencePieceTokenizer _source;
    private readonly SentencePieceTokenizer _target;

    /// <summary>Reads the vocabulary of a model's folder.</summary>
    /// <param name="folder">With <c>vocab.json</c>, <c>source.spm</c>, <c>target.spm</c>.</param>
    /// <param name="isReversed">Whether the model to be made goes the other way than the folder's.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the ids are not 0 to their count - 1, or the last is not <c>&lt;pad&gt;</c>.</exception>
    public Pieces(string folder, bool isReversed)
    {
        _ids = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(Path.Combine(folder, "vocab.json")))!;
        _pieces = new string[_ids.Count];
        foreach (var (piece, id) in _ids)
        {
            if ((uint)id >= (uint)_pieces.Length) throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{folder}' has the id {id} of '{piece}' and {_pieces.Length} pieces; ids must be smaller.");
            _pieces[id] = piece;
        }

        if (_pieces[^1] != "<pad>") throw new EdgeHostException(ErrorCode.InvalidArgument, $"The last piece of '{folder}' is '{_pieces[^1]}'; it must be '<pad>'.");
        _source = Tokenizer(Path.Combine(folder, isReversed ? "target.spm" : "source.spm"));
        _target = Tokenizer(Path.Combine(folder, isReversed ? "source.spm" : "target.spm"));
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => _pieces.Length;

    /// <summary>Fills up sentences of a batch and begins a translation; the last id.</summary>
    public int Pad => _pieces.Length - 1;

    /// <summary>The ids of a sentence that is to be translated, with the one that ends it.</summary>
    public int[] OfSource(string text) => Encode(_source, text);

    /// <summary>The ids of a translation, with the one that ends it.</summary>
    public int[] OfTarget(string text) => Encode(_target, text);

    /// <summary>The text of ids; those that are no text are left out.</summary>
    public string Text(IEnumerable<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (id > Unknown && id != Pad) text.Append(_pieces[id]);
        }

        return text.Replace(Blank, ' ').ToString().Trim();
    }

    private static SentencePieceTokenizer Tokenizer(string path)
    {
        using var file = File.OpenRead(path);
        return SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
    }

    private int[] Encode(SentencePieceTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        foreach (var token in tokenizer.EncodeToTokens(text, out _))
        {
            var id = _ids.GetValueOrDefault(token.Value, Unknown);

            // The models were trained with one unknown piece for a run of unknown characters.
            if (id != Unknown || ids.Count == 0 || ids[^1] != Unknown) ids.Add(id);
        }

        ids.Add(End);
        return [.. ids];
    }
}
