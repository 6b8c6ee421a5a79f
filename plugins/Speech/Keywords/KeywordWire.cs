using EdgeHost.Capabilities.Speech;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>Hits as apps see them. No state.</summary>
internal static class KeywordWire
{
    /// <summary>A hit, with its score to four places.</summary>
    public static KeywordDetection ToDetection(this KeywordHit hit) => new() { Keyword = hit.Keyword, TimeMs = hit.TimeMs, Score = Math.Round(hit.Score, 4) };
}
