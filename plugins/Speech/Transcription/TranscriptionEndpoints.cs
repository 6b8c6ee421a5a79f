using EdgeHost.Plugins.Speech.Activity;

namespace EdgeHost.Plugins.Speech.Transcription;

/// <summary>How sound is cut for models that write it down.</summary>
internal static class TranscriptionEndpoints
{
    /// <summary>The rule for a model.</summary>
    /// <param name="longest">The longest stretch it takes.</param>
    /// <param name="pause">How long a pause ends a stretch; null: half a second.</param>
    public static EndpointOptions For(TimeSpan longest, TimeSpan? pause)
    {
        // The first and the last sound of a sentence are often quiet; without them its words are not understood.
        var pad = TimeSpan.FromMilliseconds(200);
        return new EndpointOptions { MinSilence = pause ?? TimeSpan.FromMilliseconds(500), Pad = pad, Longest = longest - (2 * pad) };
    }
}
