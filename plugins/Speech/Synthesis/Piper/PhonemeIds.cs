using EdgeHost.Plugins.Speech.Synthesis.Text;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>
/// The input of a Piper voice: the number for the beginning, then those of the phonemes, then that for the end, each but the last followed by the number of the pad, as the voices were
/// trained. What a voice does not know is left out. Not thread-safe.
/// </summary>
/// <param name="settings">The voice.</param>
internal sealed class PhonemeIds(PiperSettings settings)
{
    private readonly List<long> _ids = [.. settings.Ids['^'], .. settings.Ids['_']];

    /// <summary>Whether any phoneme was known.</summary>
    public bool HasPhonemes { get; private set; }

    /// <summary>Adds phonemes.</summary>
    /// <param name="phonemes">Letters of the phonetic alphabet, or of the text for voices that know those.</param>
    public void Add(string phonemes)
    {
        foreach (var rune in phonemes.EnumerateRunes())
        {
            foreach (var part in Decomposition.Of(rune.Value).EnumerateRunes()) Add(part.Value, isPhoneme: part.Value != ' ');
        }
    }

    /// <summary>Adds a mark and the pause after it.</summary>
    /// <param name="mark">The mark; 0: none.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    public void AddMark(char mark, bool isLast)
    {
        if (mark != '\0') Add(mark, isPhoneme: false);
        if (!isLast) Add(' ', isPhoneme: false);
    }

    /// <summary>The numbers with that for the end.</summary>
    public long[] ToArray() => [.. _ids, .. settings.Ids['$']];

    private void Add(int codePoint, bool isPhoneme)
    {
        if (!settings.Ids.TryGetValue(codePoint, out var ids)) return;
        HasPhonemes |= isPhoneme;
        foreach (var id in ids)
        {
            _ids.Add(id);
            _ids.AddRange(settings.Ids['_']);
        }
    }
}
