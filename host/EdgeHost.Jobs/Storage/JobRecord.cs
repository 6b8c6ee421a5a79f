using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Storage;

/// <summary>A job and where it is; what is kept of it on the disk. Immutable.</summary>
public sealed record JobRecord
{
    /// <summary>Its id, 16 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Whose: the app.</summary>
    public required string App { get; init; }

    /// <summary>Whose: the user.</summary>
    public required long UserId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Whether <see cref="Model"/> is a shipped one, of which the job makes a version for the app.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The plugin that asked for it in its manifest; null where the app did.</summary>
    public string? Plugin { get; init; }

    /// <summary>The shipped version that a personal one is made of; null for a model of the app's own.</summary>
    public string? Base { get; init; }

    /// <summary>The specification.</summary>
    public required string Spec { get; init; }

    /// <summary>Where it is.</summary>
    public JobState State { get; init; }

    /// <summary>Why it rests, why it failed, or empty.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it first ran; null before.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The version that it begins with, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Time on the processor.</summary>
    public double Seconds { get; init; }

    /// <summary>The trial that runs or ran last, from 0, and how many there are.</summary>
    public int Trial { get; init; }

    /// <inheritdoc cref="Trial"/>
    public int Trials { get; init; } = 1;

    /// <summary>Steps of that trial.</summary>
    public long Step { get; init; }

    /// <summary>Steps that it may have.</summary>
    public long Of { get; init; }

    /// <summary>The last learning rate.</summary>
    public float Rate { get; init; }

    /// <summary>The learning curve of that trial, thinned out where it is long.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Trials that have ended.</summary>
    public IReadOnlyList<TrialRecord> Tried { get; init; } = [];

    /// <summary>What is odd, for a person.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The last example that belongs to it; null before it began.</summary>
    public long? LastExample { get; init; }

    /// <summary>The hash of its data; null before it began.</summary>
    public string? DataHash { get; init; }

    /// <summary>Whether it begins again by itself.</summary>
    public bool HasRule { get; init; }

    /// <summary>Labels in the dataset when it was asked for, by which a rule to train again counts; empty without a rule.</summary>
    public IReadOnlyDictionary<string, long> LabelCounts { get; init; } = new Dictionary<string, long>();

    /// <summary>The version of the model that came of it, or null.</summary>
    public string? Version { get; init; }

    /// <summary>What the model is worth; null before its end.</summary>
    public JobMetrics? Metrics { get; init; }

    /// <summary>Whose it is.</summary>
    public ExampleOwner Owner => new(App, UserId);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
