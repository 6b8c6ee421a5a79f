namespace EdgeHost.Training.Runs;

/// <summary>
/// Runs steps when there is time for them: the place where a scheduler comes in. A step takes microseconds to seconds; between two a run may rest
/// as long as it has to.
/// </summary>
public interface ITrainingStepRunner
{
    /// <summary>Runs one or more steps one after the other, on any thread but never two at once. How many go in one turn is for the runner to say.</summary>
    /// <param name="step">
    /// Does one step and says whether the next may follow at once; after a false it must not be called. Cancelling its token stops it: it throws
    /// <see cref="OperationCanceledException"/>, has changed nothing, and may be called again.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a turn, and the run.</param>
    ValueTask RunAsync(Func<CancellationToken, bool> step, CancellationToken cancellationToken);
}
