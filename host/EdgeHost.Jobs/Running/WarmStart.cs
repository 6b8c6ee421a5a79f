using EdgeHost.Jobs.Personal;
using EdgeHost.ModelTools;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Running;

/// <summary>Takes over the parameters of a model that was trained before, here or by whoever shipped it.</summary>
internal static class WarmStart
{
    /// <summary>Copies all parameters; none where the networks differ or the labels stand in another order.</summary>
    public static bool TryCopy(StartingPoint parent, IReadOnlyList<string> labels, TrainingStep step)
    {
        if (!labels.SequenceEqual(parent.Labels) || !File.Exists(parent.GraphPath)) return false;
        var graph = ModelProto.Parse(File.ReadAllBytes(parent.GraphPath)).Graph;
        return graph is not null && (TryCopyByName(graph, step) || TryCopyLinear(graph, step));
    }

    private static bool TryCopyByName(GraphProto graph, TrainingStep step)
    {
        var before = graph.Initializers.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var parameter in step.Parameters)
        {
            if (!before.TryGetValue(parameter.Name, out var tensor) || tensor.Type != ElementType.Float32 || !tensor.Dimensions.SequenceEqual(parameter.Shape.Dimensions.ToArray())) return false;
        }

        foreach (var parameter in step.Parameters) before[parameter.Name].ToArray<float>().CopyTo(step.Values(parameter));
        return true;
    }

    // Others name the parameters of a linear layer as they like; there is only one way in which they can stand.
    private static bool TryCopyLinear(GraphProto graph, TrainingStep step)
    {
        if (step.Parameters is not [{ Shape.Rank: 2 } weight, { Shape.Rank: 1 } bias] || !IsOneLayer(weight, bias)) return false;
        if (LinearHead.TryRead(graph, weight.Shape[0], weight.Shape[1]) is not { } head) return false;
        head.Weight.CopyTo(step.Values(weight));
        head.Bias.CopyTo(step.Values(bias));
        return true;
    }

    private static bool IsOneLayer(ParameterInfo weight, ParameterInfo bias)
        => weight.Name.EndsWith("/weight", StringComparison.Ordinal) && bias.Name == $"{weight.Name[..^"weight".Length]}bias" && weight.Shape[1] == bias.Shape[0];
}
