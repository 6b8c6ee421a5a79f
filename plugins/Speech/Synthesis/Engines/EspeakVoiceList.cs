using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>Reads what <c>espeak-ng --voices</c> prints: priority, language, age and gender, name, file, other languages. No state.</summary>
internal static partial class EspeakVoiceList
{
    private const string Licence = "GPL-3.0-or-later";
    private const int MostVoices = 2000;

    // What people mean who name no region. Within a language eSpeak NG's own order is kept.
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal) { ["en-US"] = "en" };

    // Reads Chinese writing aloud as English names of its romanised letters and tones (1.51); the voice for pinyin reads both rightly.
    private static readonly HashSet<string> Broken = new(StringComparer.Ordinal) { "cmn" };

    // Tags of eSpeak NG that people look for under another name.
    private static readonly Dictionary<string, string[]> AlsoKnownAs = new(StringComparer.Ordinal) { ["cmn-Latn-Pinyin"] = ["zh", "cmn"], ["yue"] = ["zh-HK", "zh-yue"] };

    /// <summary>Reads the list.</summary>
    /// <param name="text">The output.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="sampleRate">Samples a second of its voices.</param>
    public static IReadOnlyList<Voice> Read(string text, string engine, int sampleRate)
    {
        var voices = new Dictionary<string, Voice>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Skip(1).Take(MostVoices))
        {
            if (Line().Match(line) is not { Success: true } match || Broken.Contains(match.Groups["tag"].Value)) continue;
            var file = match.Groups["file"].Value;
            var key = match.Groups["tag"].Value.ToLowerInvariant();

            // Two voices of a language: the file's name tells them apart.
            if (voices.ContainsKey($"{engine}:{key}")) key = file[(file.LastIndexOf('/') + 1)..].ToLowerInvariant();
            var name = match.Groups["name"].Value.Replace('_', ' ').Trim();
            voices.TryAdd($"{engine}:{key}", new Voice($"{engine}:{key}", engine, name, [.. LanguagesOf(match)], file, Licence) { SampleRate = sampleRate });
        }

        return [.. voices.Values];
    }

    private static IEnumerable<VoiceLanguage> LanguagesOf(Match line)
    {
        var (tag, seen) = (TagOf(line.Groups["tag"].Value), new HashSet<string>(StringComparer.Ordinal));
        yield return new VoiceLanguage(tag, RankOf(line.Groups["priority"].Value));
        seen.Add(tag);
        if (Usual.TryGetValue(tag, out var usual) && seen.Add(usual)) yield return new VoiceLanguage(usual, 0);
        foreach (var known in AlsoKnownAs.GetValueOrDefault(tag, []))
        {
            if (seen.Add(known)) yield return new VoiceLanguage(known, 1);
        }

        foreach (var other in Other().Matches(line.Groups["others"].Value).Where(other => seen.Add(TagOf(other.Groups["tag"].Value))))
        {
            yield return new VoiceLanguage(TagOf(other.Groups["tag"].Value), RankOf(other.Groups["priority"].Value));
        }
    }

    private static int RankOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : int.MaxValue;

    private static string TagOf(string text)
    {
        try
        {
            return LanguageTag.Normalize(text);
        }
        catch (EdgeHostException)
        {
            return text;
        }
    }

    [GeneratedRegex(@"^\s*(?<priority>\d+)\s+(?<tag>[A-Za-z0-9-]+)\s+\S+\s+(?<name>\S+)\s+(?<file>[A-Za-z0-9/_-]+)\s*(?<others>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"\((?<tag>[A-Za-z0-9-]+) (?<priority>\d+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
