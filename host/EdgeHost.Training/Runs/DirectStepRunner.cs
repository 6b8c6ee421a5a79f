namespace EdgeHost.Training.Runs;

/// <summary>Runs each step at once, where it is asked for. Thread-safe.</summary>
public sealed class DirectStepRunner : ITrainingStepRunner
{
    /// <summary>The one there is.</summary>
    public static DirectStepRunner Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask RunAsync(Func<CancellationToken, bool> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        bool goesOn;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            goesOn = step(cancellationToken);
        }
        while (goesOn);

        return ValueTask.CompletedTask;
    }
}
