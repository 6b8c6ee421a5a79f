using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>Texts as the windows that encoders see, each with the text it is of. Immutable.</summary>
internal sealed class TableTexts
{
    private readonly List<int> _texts = [];
    private readonly int _count;

    /// <summary>Parts texts into windows.</summary>
    /// <param name="tokens">Each text's tokens, at least one.</param>
    /// <param name="vocabulary">The encoder's.</param>
    /// <param name="length">Tokens of a window.</param>
    public TableTexts(IReadOnlyList<List<Token>> tokens, Vocabulary vocabulary, int length)
    {
        var windows = new List<TableText>();
        _count = tokens.Count;
        for (var text = 0; text < tokens.Count; text++)
        {
            foreach (var window in TableText.Of(tokens[text], vocabulary, length))
            {
                windows.Add(window);
                _texts.Add(text);
            }
        }

        Windows = windows;
    }

    /// <summary>All windows, text by text.</summary>
    public IReadOnlyList<TableText> Windows { get; }

    /// <summary>The windows with other rows of pieces.</summary>
    /// <param name="rows">The new row for each.</param>
    public IReadOnlyList<TableText> WindowsWith(int[] rows) => [.. Windows.Select(window => window with { Pieces = Array.ConvertAll(window.Pieces, piece => rows[piece]) })];

    /// <summary>Gives each window what its text has.</summary>
    /// <param name="values">Some numbers a text.</param>
    public float[] ForWindows(float[] values)
    {
        var width = values.Length / _count;
        var result = new float[_texts.Count * width];
        for (var window = 0; window < _texts.Count; window++) values.AsSpan(_texts[window] * width, width).CopyTo(result.AsSpan(window * width));
        return result;
    }

    /// <summary>The mean of each text's windows.</summary>
    /// <param name="values">Some numbers a window.</param>
    public float[] ForTexts(float[] values)
    {
        var width = values.Length / _texts.Count;
        var (result, counts) = (new float[_count * width], new int[_count]);
        for (var window = 0; window < _texts.Count; window++)
        {
            counts[_texts[window]]++;
            for (var i = 0; i < width; i++) result[(_texts[window] * width) + i] += values[(window * width) + i];
        }

        for (var i = 0; i < result.Length; i++) result[i] /= counts[i / width];
        return result;
    }
}
