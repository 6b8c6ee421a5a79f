using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Characters;

/// <summary>
/// Texts without labels, one behind the other, in windows that begin elsewhere each time. Some tokens of a window are hidden, with all pieces
/// that they are part of, and are what is to be guessed (Devlin et al., 2019), often two or three in a row, as words are. What is hidden follows
/// from the seed and the step, so a run that was interrupted goes on as if it had not been.
/// </summary>
/// <param name="text">All texts as one.</param>
/// <param name="settings">Length of a window, and how many tokens are guessed.</param>
/// <param name="seed">What is drawn from.</param>
/// <param name="step">Which step is filled.</param>
internal sealed class HiddenTokens(TableText text, CharacterSettings settings, int seed, Func<long> step) : ITrainingData
{
#pragma warning disable CA5394 // Repeatable, not secret.
    private const int LongestRow = 3;
    private const int MostTries = 100;

    public int Count => (text.Words.Length / settings.Length) - 1;

    public string Hash => $"{text.Words.Length}:{seed}";

    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        var words = batch.Integers("words");
        var pieces = batch.Integers("pieces");
        var slots = batch.Integers(CharacterNetwork.Slots);
        var guessed = batch.Integers(CharacterNetwork.Guessed);
        var counts = batch.Floats(CharacterNetwork.Counts);
        batch.Floats("mask").Fill(1);
        slots.Clear();
        guessed.Clear();
        counts.Clear();
        var random = new Random(unchecked((seed * 1_000_003) + (int)step()));
        for (var i = 0; i < examples.Length; i++)
        {
            var first = (examples[i] * settings.Length) + random.Next(settings.Length);
            for (var token = 0; token < settings.Length; token++) words[(i * settings.Length) + token] = text.Words[first + token];
            for (var piece = 0; piece < settings.Length * Pieces.Count; piece++) pieces[(i * settings.Length * Pieces.Count) + piece] = text.Pieces[(first * Pieces.Count) + piece];
            Hide(random, i, words.Slice(i * settings.Length, settings.Length), pieces.Slice(i * settings.Length * Pieces.Count, settings.Length * Pieces.Count), slots, guessed, counts);
        }
    }

    private void Hide(Random random, int example, Span<long> words, Span<long> pieces, Span<long> slots, Span<long> guessed, Span<float> counts)
    {
        var hidden = 0;
        for (var attempt = 0; attempt < MostTries && hidden < settings.Guessed; attempt++)
        {
            var (first, length) = (random.Next(words.Length), 1 + Math.Min(random.Next(LongestRow), random.Next(LongestRow)));
            for (var token = first; token < Math.Min(first + length, words.Length) && hidden < settings.Guessed; token++)
            {
                if (words[token] < Vocabulary.FirstWord) continue;
                var slot = (example * settings.Guessed) + hidden++;
                (slots[slot], guessed[slot], counts[slot]) = ((example * words.Length) + token, words[token], 1);
                words[token] = Vocabulary.Unknown;

                // A piece has its own token and one, two or three before it.
                for (var piece = 0; piece < Pieces.Count; piece++)
                {
                    for (var end = token; end <= Math.Min(token + piece + 1, words.Length - 1); end++) pieces[(end * Pieces.Count) + piece] = Vocabulary.Padding;
                }
            }
        }
    }
#pragma warning restore CA5394
}
