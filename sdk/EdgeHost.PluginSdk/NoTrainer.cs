namespace EdgeHost.PluginSdk;

/// <summary>A host that does not train.</summary>
internal sealed class NoTrainer : ITrainer
{
    public static NoTrainer Instance { get; } = new();

    public ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.Unimplemented, "This host does not train networks for plugins.");
}
