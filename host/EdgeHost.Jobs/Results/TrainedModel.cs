using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Results;

/// <summary>A model that a job has made. Immutable.</summary>
/// <param name="Owner">The app that it is for.</param>
/// <param name="Name">Its name; of a personal version the id of the shipped model.</param>
/// <param name="Folder">A folder with <c>model.onnx</c> and <c>model.json</c> (a <see cref="TrainedModelCard"/>); whoever takes it may move it.</param>
/// <param name="Job">The job that made it: a model that is added again, after a crash, gets no second version.</param>
/// <param name="Lineage">Where it comes from, as JSON: data, specification, seed, parent, metrics, time.</param>
/// <param name="Deploy">How it comes into use; null for the host's way.</param>
public sealed record TrainedModel(ExampleOwner Owner, string Name, string Folder, string Job, string Lineage, DeploySpec? Deploy)
{
    /// <summary>The shipped version that this is a personal version of, which must still be the shipped one; null for a model of the app's own.</summary>
    public string? Base { get; init; }
}
