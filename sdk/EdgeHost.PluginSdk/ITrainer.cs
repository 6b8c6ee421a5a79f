namespace EdgeHost.PluginSdk;

/// <summary>Trains small networks for a plugin, as background work of the host on the account of the app that called. Thread-safe. Since contract 1.3.</summary>
public interface ITrainer
{
    /// <summary>
    /// Trains a network. The steps go behind all other work, and rest while the machine's state or the app's device time wants it: give the call a deadline where that must not
    /// take any time. The same request gives the same parameters on the same machine.
    /// </summary>
    /// <param name="request">The network and what it learns from; its memory must stay as it is until the task completes.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: the host does not train; <see cref="ErrorCode.InvalidArgument"/>: the network is wrong, or the
    /// numbers do not fit it; <see cref="ErrorCode.ResourceExhausted"/>: it needs more memory than is allowed, or too many wait; <see cref="ErrorCode.FailedPrecondition"/>: the loss
    /// became no number; <see cref="ErrorCode.DeadlineExceeded"/>: it took longer than the host allows.</exception>
    ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken);
}
