using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// Texts for an encoder. In training tokens and pieces are left out at random, which follows from the seed and the number of the batch; a run
/// is therefore repeatable from its beginning, not from a checkpoint.
/// </summary>
/// <param name="texts">The texts.</param>
/// <param name="targets">Three shares a text.</param>
/// <param name="settings">Length of a window, and what is left out.</param>
/// <param name="seed">What is drawn from; null leaves nothing out.</param>
internal sealed class TableData(IReadOnlyList<TableText> texts, float[] targets, TableSettings settings, int? seed) : ITrainingData
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

            targets.AsSpan(examples[i] * TableSettings.Sums, TableSettings.Sums).CopyTo(target[(i * TableSettings.Sums)..]);
        }
    }

    private bool IsLeftOut(float share) => _random is not null && _random.NextSingle() < share;
#pragma warning restore CA5394
}
