namespace EdgeHost.Training.Runs;

/// <summary>
/// Runs steps when there is time for them: the place where a scheduler comes in. A step takes microseconds to seconds and cannot be
/// stopped; between two a run may rest as long as it has to.
/// </summary>
public interface ITrainingStepRunner
{
    /// <summary>Runs one step to its end, on any thread, and never two of one run at once.</summary>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends the wait for a turn.</param>
    ValueTask RunAsync(Action step, CancellationToken cancellationToken);
}
