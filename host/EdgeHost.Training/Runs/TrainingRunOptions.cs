namespace EdgeHost.Training.Runs;

/// <summary>How long a run goes on, when it looks at itself, and what it keeps. Immutable.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>Steps of the whole run, with those before it was resumed. At least 1.</summary>
    public required long Steps { get; init; }

    /// <summary>The learning rate.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Steps between two validations. Default 0: none; then there is no early stop.</summary>
    public long ValidateEvery { get; init; }

    /// <summary>Validations without a better loss after which the run stops. Default 0: it does not stop early.</summary>
    public int Patience { get; init; }

    /// <summary>How much lower a validation loss must be to be better. Default 0; at least 0.</summary>
    public float LeastImprovement { get; init; }

    /// <summary>Where the run is kept so that it can go on after an interruption. Null: nowhere.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps between two checkpoints. Default 1,000; at least 1.</summary>
    public long CheckpointEvery { get; init; } = 1_000;

    /// <summary>Asked between two turns of the runner whether a checkpoint is wanted beside those, for example because time has passed. Null: never.</summary>
    public Func<bool>? WantsCheckpoint { get; init; }

    /// <summary>Asked between two turns of the runner whether a report is wanted beside those. Null: never.</summary>
    public Func<bool>? WantsReport { get; init; }

    /// <summary>Steps between two reports of progress. Default 100; at least 1.</summary>
    public long ReportEvery { get; init; } = 100;

    /// <summary>A smoothed loss this many times that of the first step ends the run as exploded. Default 100; above 1.</summary>
    public float ExplosionFactor { get; init; } = 100;

    internal void Validate()
    {
        Schedule.Validate();
        Require(Steps >= 1, nameof(Steps), Steps, "at least 1");
        Require(ValidateEvery >= 0, nameof(ValidateEvery), ValidateEvery, "at least 0");
        Require(Patience >= 0, nameof(Patience), Patience, "at least 0");
        Require(LeastImprovement >= 0, nameof(LeastImprovement), LeastImprovement, "at least 0");
        Require(CheckpointEvery >= 1, nameof(CheckpointEvery), CheckpointEvery, "at least 1");
        Require(ReportEvery >= 1, nameof(ReportEvery), ReportEvery, "at least 1");
        Require(ExplosionFactor > 1, nameof(ExplosionFactor), ExplosionFactor, "above 1");
    }

    private static void Require(bool holds, string name, float value, string range)
    {
        if (!holds) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The run's {name} is {value}; it must be {range}.");
    }
}
