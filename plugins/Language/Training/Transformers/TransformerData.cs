using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Transformers;

/// <summary>Texts as the sums of the vectors of their pieces, their places and the kind of text.</summary>
/// <param name="ids">Ids of each text's pieces.</param>
/// <param name="targets">Three shares a text.</param>
/// <param name="length">Pieces of a text.</param>
/// <param name="encoder">Whose vectors they are.</param>
internal sealed class TransformerData(IReadOnlyList<int[]> ids, float[] targets, int length, PretrainedEncoder encoder) : ITrainingData
{
    private const int Labels = 3;
    private const int Width = PretrainedEncoder.Width;

    private readonly float[] _words = encoder.Tensor("embeddings.word_embeddings.weight");
    private readonly float[] _places = encoder.Tensor("embeddings.position_embeddings.weight");
    private readonly float[] _kinds = encoder.Tensor("embeddings.token_type_embeddings.weight");

    public int Count => ids.Count;

    public string Hash => $"{ids.Count}";

    public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
    {
        var x = batch.Floats("x");
        var mask = batch.Floats("mask");
        var label = batch.Floats("label");
        x.Clear();
        mask.Clear();
        for (var i = 0; i < examples.Length; i++)
        {
            var text = ids[examples[i]];
            for (var place = 0; place < text.Length; place++)
            {
                mask[(i * length) + place] = 1;
                var vector = x.Slice(((i * length) + place) * Width, Width);
                for (var k = 0; k < Width; k++) vector[k] = _words[(text[place] * Width) + k] + _places[(place * Width) + k] + _kinds[k];
            }

            targets.AsSpan(examples[i] * Labels, Labels).CopyTo(label[(i * Labels)..]);
        }
    }
}
