using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.Plugins.Text.Decoding;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Decoding;

/// <summary>Writes a text token by token, always the likeliest, until its end, a limit, or a circle. No state.</summary>
internal static class GreedyWriter
{
    /// <summary>Writes.</summary>
    /// <param name="decoder">The decoder, at its beginning.</param>
    /// <param name="beginning">The tokens that a text begins with.</param>
    /// <param name="end">The token that ends it.</param>
    /// <param name="candidates">Tokens are of the first so many.</param>
    /// <param name="limit">Most tokens: a guard against texts that do not end.</param>
    /// <param name="vocabulary">What tokens stand for.</param>
    /// <param name="cancellationToken">Stops between two steps and inside of one.</param>
    /// <exception cref="EdgeHostException">As <see cref="CachedDecoder.StepAsync"/> says.</exception>
    public static async ValueTask<Recognised> WriteAsync(
        CachedDecoder decoder, ReadOnlyMemory<int> beginning, int end, int candidates, int limit, ITokenVocabulary vocabulary, CancellationToken cancellationToken)
    {
        var (tokens, text, last) = (new List<int>(limit), new TokenText(vocabulary), new int[1]);
        var next = beginning;
        while (tokens.Count < limit)
        {
            using (var logits = await decoder.StepAsync(next, cancellationToken).ConfigureAwait(false)) last[0] = Likeliest(logits, next.Length, candidates);
            if (last[0] == end) return new Recognised(text.Take(text.Count), IsCut: false);
            tokens.Add(last[0]);
            text.Add(last[0]);
            if (RepetitionRule.Find(CollectionsMarshal.AsSpan(tokens)) is { } kept) return new Recognised(text.Take(kept), IsCut: true);
            next = last;
        }

        return new Recognised(text.Take(text.Count), IsCut: true);
    }

    private static int Likeliest(ModelValue logits, int tokens, int candidates)
    {
        var all = logits.AsSpan<float>();
        var last = all[(all.Length / tokens * (tokens - 1))..];
        return TensorPrimitives.IndexOfMax(last[..Math.Min(candidates, last.Length)]);
    }
}
