namespace EdgeHost.Plugins.Recommendation.Engine.Networks;

/// <summary>Trains networks for models that are learnt by gradients: the host's engine, behind whoever runs this library. Thread-safe.</summary>
public interface INetworkTrainer
{
    /// <summary>Trains a network. The same task gives the same parameters on the same machine.</summary>
    /// <param name="task">The network and what it learns from; its memory must stay as it is until the task completes.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The parameters by layer and name, <c>hidden/weight</c> for example, row by row: a linear layer's weight is [inputs, width].</returns>
    /// <exception cref="EdgeHostException">It cannot be trained here, or not now.</exception>
    ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> TrainAsync(NetworkTask task, CancellationToken cancellationToken);
}
