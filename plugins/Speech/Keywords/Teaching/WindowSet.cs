using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Windows of vectors to learn from. Not thread-safe.</summary>
/// <param name="window">Vectors of one.</param>
internal sealed class WindowSet(int window)
{
    private readonly List<ReadOnlyMemory<float>> _windows = [];

    /// <summary>How many.</summary>
    public int Count => _windows.Count;

    /// <summary>One of them: window · 96 numbers.</summary>
    public ReadOnlyMemory<float> this[int index] => _windows[index];

    /// <summary>Adds the window that ends with a vector, if there are enough before it.</summary>
    /// <param name="vectors">Vectors of a sound; kept.</param>
    /// <param name="last">Which is its last.</param>
    public void Add(ReadOnlyMemory<float> vectors, int last)
    {
        var from = last + 1 - window;
        if (from >= 0) _windows.Add(vectors.Slice(from * KeywordFeatures.Width, window * KeywordFeatures.Width));
    }

    /// <summary>Adds windows of another set.</summary>
    public void Add(WindowSet other) => _windows.AddRange(other._windows);

    /// <summary>Adds a window.</summary>
    /// <param name="vectors">As long as the others; kept.</param>
    public void Add(ReadOnlyMemory<float> vectors) => _windows.Add(vectors);
}
