namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>
/// 32-bit fingerprints of words and of pieces of several tokens (FNV-1a with a final mix). Vocabularies hold these in place of texts: two of a
/// hundred thousand share one about once.
/// </summary>
internal struct Fingerprint
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    private uint _state;

    /// <summary>Begins a fingerprint.</summary>
    /// <param name="kind">Keeps equal texts of different kinds apart.</param>
    public Fingerprint(char kind)
    {
        _state = Offset;
        Add(kind);
    }

    /// <summary>The fingerprint of what was added.</summary>
    public readonly uint Value
    {
        get
        {
            var value = _state;
            value ^= value >> 15;
            value *= 2246822519;
            return value ^ (value >> 13);
        }
    }

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (var character in text) Add(character);
    }

    /// <summary>Adds a character.</summary>
    public void Add(char character) => _state = (_state ^ character) * Prime;
}
