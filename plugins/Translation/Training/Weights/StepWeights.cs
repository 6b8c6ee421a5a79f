using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Weights;

/// <summary>Takes a model's numbers out of a network that is being trained, and puts them there.</summary>
internal static class StepWeights
{
    /// <summary>Begins with a model's numbers.</summary>
    public static void Begin(TrainingStep step, ModelWeights weights, TargetOrder order, int width)
    {
        foreach (var parameter in step.Parameters)
        {
            var values = step.Values(parameter);
            if (FirstPlace(parameter, order) is { } first)
            {
                var vectors = weights[ModelWeights.Vectors];
                for (var i = 0; i < values.Length / width; i++) vectors.AsSpan(order.Ids[first + i] * width, width).CopyTo(values[(i * width)..]);
            }
            else if (parameter.Name == MarianNetwork.Bias)
            {
                // A piece that the other direction never writes has a bias that keeps it from coming out.
                var bias = weights[ModelWeights.Bias];
                for (var i = 0; i < values.Length; i++) values[i] = bias[order.Ids[i]] <= ModelWeights.Never / 2 ? 0 : bias[order.Ids[i]];
            }
            else
            {
                weights[NameOf(parameter)].CopyTo(values);
            }
        }
    }

    /// <summary>The numbers as they are now.</summary>
    public static ModelWeights Take(TrainingStep step, TargetOrder order, int width)
    {
        var weights = new ModelWeights();
        var vectors = weights[ModelWeights.Vectors] = new float[order.Ids.Count * width];
        var bias = weights[ModelWeights.Bias] = new float[order.Ids.Count];
        Array.Fill(bias, ModelWeights.Never);
        foreach (var parameter in step.Parameters)
        {
            var values = step.Values(parameter);
            if (FirstPlace(parameter, order) is { } first)
            {
                for (var i = 0; i < values.Length / width; i++) values.Slice(i * width, width).CopyTo(vectors.AsSpan(order.Ids[first + i] * width));
            }
            else if (parameter.Name == MarianNetwork.Bias)
            {
                for (var i = 0; i < values.Length; i++) bias[order.Ids[i]] = values[i];
            }
            else
            {
                weights[NameOf(parameter)] = values.ToArray();
            }
        }

        return weights;
    }

    private static int? FirstPlace(ParameterInfo parameter, TargetOrder order) => parameter.Name switch
    {
        MarianNetwork.TargetVectors + "/weight" => 0,
        MarianNetwork.OtherVectors + "/weight" => order.Targets,
        _ => null,
    };

    private static string NameOf(ParameterInfo parameter) => parameter.Name.Replace('/', '.').Replace(".gain", ".weight", StringComparison.Ordinal);
}
