namespace EdgeHost.Training.Runs;

/// <summary>Runs each step at once, where it is asked for. Thread-safe.</summary>
public sealed class DirectStepRunner : ITrainingStepRunner
{
    /// <summary>The one there is.</summary>
    public static DirectStepRunner Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask RunAsync(Action step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        step();
        return ValueTask.CompletedTask;
    }
}
