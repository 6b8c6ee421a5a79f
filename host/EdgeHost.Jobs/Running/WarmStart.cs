using EdgeHost.Jobs.Results;
using EdgeHost.ModelTools;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Running;

/// <summary>Takes over the parameters of a model that was trained before.</summary>
internal static class WarmStart
{
    /// <summary>Copies all parameters; none where the networks differ or the labels stand in another order.</summary>
    public static bool TryCopy(TrainedModelFiles parent, IReadOnlyList<string> labels, TrainingStep step)
    {
        if (!labels.SequenceEqual(parent.Card.Labels) || !File.Exists(parent.GraphPath)) return false;
        var graph = ModelProto.Parse(File.ReadAllBytes(parent.GraphPath)).Graph;
        if (graph is null) return false;
        var before = graph.Initializers.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var parameter in step.Parameters)
        {
            if (!before.TryGetValue(parameter.Name, out var tensor) || tensor.Type != ElementType.Float32 || !tensor.Dimensions.SequenceEqual(parameter.Shape.Dimensions.ToArray())) return false;
        }

        foreach (var parameter in step.Parameters) before[parameter.Name].ToArray<float>().CopyTo(step.Values(parameter));
        return true;
    }
}
