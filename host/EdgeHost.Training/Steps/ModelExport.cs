using EdgeHost.ModelTools;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Steps;

/// <summary>Makes a model of a trained network. Thread-safe as long as no step runs.</summary>
public static class ModelExport
{
    /// <summary>The name of the model's output.</summary>
    public const string Output = "output";

    /// <summary>The network as a model to be used: parameters are constants, the batch is open, dropout is gone.</summary>
    /// <param name="step">The network that was trained.</param>
    /// <param name="producer">The program that the model names as its maker.</param>
    public static ModelProto Export(this TrainingStep step, string producer = "edgehost")
    {
        var byName = step.Parameters.ToDictionary(parameter => parameter.Name);
        var net = new NetworkBuilder(NetworkMode.Export, -1, parameter => step.State.Layout.Of(byName[parameter.Name], step.State.Current));
        net.Graph.Output(step.Network.Forward(net), Output);
        return net.Graph.Build(producer);
    }
}
