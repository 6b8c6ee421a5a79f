using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>A training job and where it is.</summary>
[WireMessage]
public sealed partial class TrainingJob
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the model that it trains.</summary>
    public required string Model { get; init; }

    /// <summary>Where it is.</summary>
    public required TrainingJobState State { get; init; }

    /// <summary>Why it rests, or why it failed; absent otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for, in milliseconds since 1970, UTC.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>When it ended, in milliseconds since 1970, UTC; absent before.</summary>
    public long? EndedMs { get; init; }

    /// <summary>Time on the processor in seconds.</summary>
    [WireField(Minimum = 0)]
    public required double Seconds { get; init; }

    /// <summary>The run that it does, from 0: a search does several.</summary>
    [WireField(Minimum = 0)]
    public required int Trial { get; init; }

    /// <summary>Runs that it may do.</summary>
    [WireField(Minimum = 1)]
    public required int Trials { get; init; }

    /// <summary>Steps of that run so far.</summary>
    [WireField(Minimum = 0)]
    public required long Step { get; init; }

    /// <summary>Steps that the run may have; 0 before it began.</summary>
    [WireField(Minimum = 0)]
    public required long Of { get; init; }

    /// <summary>The learning rate.</summary>
    public double? Rate { get; init; }

    /// <summary>The loss on what it learns from, smoothed; absent before the first report.</summary>
    public double? Loss { get; init; }

    /// <summary>The loss on validation, as measured last; absent without.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The share of validation examples that were right then; absent without.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>What is odd about data or run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The version that it began with; absent where it began afresh.</summary>
    public string? Parent { get; init; }

    /// <summary>The version of the model that came of it; absent before its end.</summary>
    public string? Version { get; init; }

    /// <summary>What the model is worth; absent before its end.</summary>
    public TrainingMetrics? Metrics { get; init; }
}
