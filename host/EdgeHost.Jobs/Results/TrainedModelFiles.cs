using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Results;

/// <summary>A version of a trained model on the disk. Immutable.</summary>
/// <param name="Owner">The app that it is for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Card">What it is.</param>
public sealed record TrainedModelFiles(ExampleOwner Owner, string Name, string Version, string Folder, TrainedModelCard Card)
{
    /// <summary>The name of the graph's file.</summary>
    public const string Graph = "model.onnx";

    /// <summary>The name of the card's file.</summary>
    public const string CardFile = "model.json";

    /// <summary>The file of the graph.</summary>
    public string GraphPath => Path.Combine(Folder, Graph);
}
