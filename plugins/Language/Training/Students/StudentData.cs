using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Students;

/// <summary>
/// Texts for an encoder. In training tokens and pieces are left out at random, which follows from the seed and the number of the batch; a run
/// is therefore repeatable from its beginning, not from a checkpoint.
/// </summary>
/// <param name="texts">The texts.</param>
/// <param name="targets">Three shares a text.</param>
/// <param name="weights">How much each text counts; about 1 in the mean.</param>
/// <param name="settings">Length of a window, and what is left out.</param>
/// <param name="seed">What is drawn from; null leaves nothing out.</param>
internal sealed class StudentData(IReadOnlyList<StudentText> texts, float[] targets, float[] weights, StudentSettings settings, int? seed) : ITrainingData
{
#pragma warning disable CA5394 // Repeatable, not secret.
    private readonly Random? _random = seed is { } value ? new Random(value) : null;

    public int Count => texts.Count;

    public string Hash => $"{texts.Count}:{seed}";

    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        var words = batch.Integers("words");
        var pieces = batch.Integers("pieces");
        var mask = batch.Floats("mask");
        var target = batch.Floats("target");
        var weight = batch.Floats("weight");
        words.Clear();
        pieces.Clear();
        mask.Clear();
        for (var i = 0; i < examples.Length; i++)
        {
            var text = texts[examples[i]];
            for (var token = 0; token < text.Words.Length; token++)
            {
                var slot = (i * settings.Length) + token;
                var isLeftOut = IsLeftOut(settings.TokenDropout);
                mask[slot] = 1;
                words[slot] = isLeftOut ? Vocabulary.Unknown : text.Words[token];
                for (var piece = 0; piece < Pieces.Count; piece++)
                {
                    if (!isLeftOut && !IsLeftOut(settings.PieceDropout)) pieces[(slot * Pieces.Count) + piece] = text.Pieces[(token * Pieces.Count) + piece];
                }
            }

            weight[i] = weights[examples[i]];
            targets.AsSpan(examples[i] * StudentSettings.Sums, StudentSettings.Sums).CopyTo(target[(i * StudentSettings.Sums)..]);
        }
    }

    private bool IsLeftOut(float share) => _random is not null && _random.NextSingle() < share;
#pragma warning restore CA5394
}
