using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Steps;

/// <summary>Runs a session so that a token can stop it between two nodes; a late signal never reaches the next run. Not thread-safe.</summary>
internal sealed class StoppableRun : IDisposable
{
    private readonly RunOptions _options = new();

    /// <summary>Runs the session once.</summary>
    /// <exception cref="OperationCanceledException">The token stopped it; what is bound as outputs may hold anything.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public void Run(InferenceSession session, OrtIoBinding binding, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // The registration's end waits for a callback that is under way.
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options))
            {
                session.RunWithBinding(_options, binding);
            }
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", e, cancellationToken);
        }
        finally
        {
            if (_options.Terminate) _options.Terminate = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _options.Dispose();
}
