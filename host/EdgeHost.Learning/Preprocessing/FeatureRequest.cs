namespace EdgeHost.Learning.Preprocessing;

/// <summary>A sample that goes through a model.</summary>
/// <param name="Index">The number of the step among all, for messages.</param>
/// <param name="Step">The step, which names the model.</param>
/// <param name="Sample">What the steps before have made of the example.</param>
public sealed record FeatureRequest(int Index, PreprocessingStep Step, PreparedSample Sample)
{
    /// <summary>The step with its model, for messages.</summary>
    public string Name => $"Step {Index} (featurise with '{Step.Model}')";
}
