namespace EdgeHost.PluginSdk;

/// <summary>
/// The right to use a resident model until disposed. Thread-safe: several steps may run at once on one lease. Disposing twice is
/// harmless; using a disposed lease throws <see cref="ObjectDisposedException"/>.
/// </summary>
public interface IModelLease : IDisposable
{
    /// <summary>What the model is and what its tensors are called.</summary>
    ModelDescription Model { get; }

    /// <summary>
    /// Makes a value of memory that the model's device can read without another copy. Its content is undefined; the caller disposes it,
    /// also after it was the input of a step.
    /// </summary>
    /// <param name="elementType">A fixed-size element type.</param>
    /// <param name="shape">Fully known dimensions.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: larger than the host allows.</exception>
    ModelValue CreateValue(ElementType elementType, TensorShape shape);

    /// <summary>
    /// Runs one step: one run of the model, queued by the call's priority and deadline. Inputs must stay alive and unchanged until the task
    /// completes.
    /// </summary>
    /// <param name="step">Inputs and the outputs wanted.</param>
    /// <param name="cancellationToken">Takes a queued step out of the queue; stops a running one between two nodes.</param>
    /// <returns>The outputs; the caller disposes.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: an input is missing, unknown or of the wrong type or shape;
    /// <see cref="ErrorCode.ResourceExhausted"/>: the queue is full; <see cref="ErrorCode.Unavailable"/>: the device failed.</exception>
    ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken);

    /// <summary>Reads a file that belongs to the model besides its graph: a vocabulary, labels. Cached for as long as the model is resident.</summary>
    /// <param name="name">The file's name in the model manifest.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the manifest has no such file.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken);
}
