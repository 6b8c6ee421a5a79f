using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Training.Teacher;

/// <summary>Cuts words into the pieces of a BERT vocabulary, the longest first.</summary>
internal sealed class WordPieces
{
    private const int Unknown = 100;
    private const int Begin = 101;
    private const int End = 102;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public WordPieces(string[] vocabulary)
    {
        for (var id = 0; id < vocabulary.Length; id++) _ids.TryAdd(vocabulary[id], id);
    }

    /// <summary>The ids of a text between those of beginning and end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most ids.</param>
    public int[] Of(string text, int length)
    {
        var ids = new List<int> { Begin };
        foreach (var token in Tokeniser.Cut(text, length).Tokens)
        {
            Add(token.Text, ids);
            if (ids.Count >= length - 1) break;
        }

        if (ids.Count > length - 1) ids.RemoveRange(length - 1, ids.Count - length + 1);
        return [.. ids, End];
    }

    /// <summary>The same of one word.</summary>
    public int[] OfWord(string word)
    {
        var ids = new List<int> { Begin };
        Add(word, ids);
        return [.. ids, End];
    }

    private void Add(string word, List<int> ids)
    {
        var (start, before) = (0, ids.Count);
        while (start < word.Length)
        {
            var end = word.Length;
            var id = -1;
            while (end > start && !_ids.TryGetValue((start > 0 ? "##" : string.Empty) + word[start..end], out id)) end--;
            if (end == start)
            {
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(Unknown);
                return;
            }

            ids.Add(id);
            start = end;
        }
    }
}
