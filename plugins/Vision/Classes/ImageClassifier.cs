using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Classes;

/// <summary>Says which of a model's classes a picture is of. Thread-safe.</summary>
internal sealed class ImageClassifier(PictureModels pictures, LabelFile labelFiles)
{
    private const string DefaultClasses = "imagenet";

    /// <summary>Classifies.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="topK">Most labels; ≥ 1.</param>
    /// <param name="minConfidence">Least probability of a label, 0 to 1.</param>
    /// <param name="model">The model; null: the best one.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureModels.ShowAsync"/> and <see cref="LabelFile.OfAsync"/> say.</exception>
    public async ValueTask<Classification> ClassifyAsync(
        ReadOnlyMemory<byte> encoded, int topK, float minConfidence, string? model, IModelProvider models, CancellationToken cancellationToken)
    {
        var (answer, family) = await pictures.ShowAsync(encoded, ClassFamily.Task, model, models, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            var labels = await labelFiles.OfAsync(answer.Lease, answer.Floats(0).Length, null, cancellationToken).ConfigureAwait(false);
            return new Classification(
                Top(answer.Floats(0), family.IsLogits, labels, topK, minConfidence), new ModelProperties(answer.Model).Text("classes") ?? DefaultClasses, answer.ModelName);
        }
    }

    internal static List<(string Label, float Confidence)> Top(ReadOnlySpan<float> output, bool isLogits, IReadOnlyList<string> labels, int topK, float minConfidence)
    {
        var probabilities = output.ToArray();
        if (isLogits) TensorPrimitives.SoftMax(output, probabilities);
        var order = new int[probabilities.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => probabilities[b].CompareTo(probabilities[a]) is not 0 and var by ? by : a.CompareTo(b));
        return
        [
            .. order.Take(topK).Where(index => probabilities[index] >= minConfidence).Select(index => (labels[index], Math.Clamp(probabilities[index], 0, 1))),
        ];
    }
}
