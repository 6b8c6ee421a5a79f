using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Training.Features;

/// <summary>Makes a vector of a model's output.</summary>
internal static class FeatureOutput
{
    private const int MostValues = 1 << 24;

    /// <summary>The output that a step means.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is none, or several are there and none is named.</exception>
    public static string NameOf(FeatureRequest request, ModelDescription model)
    {
        var wanted = request.Step.Output;
        var found = wanted is null ? model.Outputs is [var only] ? only : null : model.Outputs.FirstOrDefault(output => output.Name == wanted);
        var listed = string.Join(", ", model.Outputs.Select(static output => $"'{output.Name}' {output.ElementType} {output.Shape}"));
        if (found is null) throw Wrong(request, wanted is null ? $"the model has several outputs ({listed}); name one with 'output'" : $"the model has no output '{wanted}'; it has {listed}");
        return found.ElementType == ElementType.Float32 ? found.Name : throw Wrong(request, $"the output '{found.Name}' is {found.ElementType} {found.Shape}, and features are Float32");
    }

    /// <summary>The values of one sample, without the dimension of the batch.</summary>
    public static float[] Read(FeatureRequest request, TensorShape shape, ReadOnlySpan<float> values)
    {
        var dimensions = shape.Rank > 0 && shape[0] == 1 ? shape.Dimensions[1..] : shape.Dimensions;
        if (values.Length is 0 or > MostValues) throw Wrong(request, $"the output has the shape {shape}; a vector has 1 to {MostValues} values");
        if (request.Step.Pool == FeaturePool.None || dimensions.Length < 2) return values.ToArray();
        var isLeading = request.Step.Pool == FeaturePool.Leading;
        var width = (int)(isLeading ? dimensions[^1] : dimensions[0]);
        var (each, step) = (values.Length / width, isLeading ? width : 1);
        var means = new float[width];
        for (var i = 0; i < width; i++)
        {
            // In double, one after the other: the same sum everywhere.
            var sum = 0d;
            var first = isLeading ? i : i * each;
            for (var j = 0; j < each; j++) sum += values[first + (j * step)];
            means[i] = (float)(sum / each);
        }

        return means;
    }

    private static EdgeHostException Wrong(FeatureRequest request, string problem) => new(ErrorCode.FailedPrecondition, $"{request.Name} cannot run: {problem}.");
}
