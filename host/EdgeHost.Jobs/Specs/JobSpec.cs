using System.Text.Json;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Specs;

namespace EdgeHost.Jobs.Specs;

/// <summary>What a training job does, read from <c>job.json</c> (docs/training-jobs.md has every field). Immutable.</summary>
public sealed record JobSpec
{
    /// <summary>The model's name, 1 to 64 characters of a-z 0-9 . _ -; of a personal version the id of the shipped model.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the result is the app's own version of the shipped model <see cref="Model"/>, and not a model of the app's. Default false.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The network, as <see cref="NetworkSpec"/> takes it.</summary>
    public required JsonElement Network { get; init; }

    /// <summary>What the network is.</summary>
    public required NetworkDescription Shape { get; init; }

    /// <summary>What it learns.</summary>
    public required JobTask Task { get; init; }

    /// <summary>The dataset that it learns from; null where the data is inline.</summary>
    public string? Dataset { get; init; }

    /// <summary>
    /// The models whose features the examples are, of a personal version: only what the versions of them made that serve now is learned from. Empty where the dataset is one alone.
    /// </summary>
    public IReadOnlyList<string> FeaturesOf { get; init; } = [];

    /// <summary>What a personal version learns again of what the shipped one knows; null for nothing.</summary>
    public ReplaySpec? Replay { get; init; }

    /// <summary>How the dataset's examples become vectors.</summary>
    public PreprocessingSpec Preprocessing { get; init; } = new() { Steps = [] };

    /// <summary>The data in the specification; null where it is a dataset.</summary>
    public InlineData? Inline { get; init; }

    /// <summary>How parameters follow their gradients.</summary>
    public required Optimiser Optimiser { get; init; }

    /// <summary>The learning rate. Default 0.001.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>Steps in which the rate rises. Default 0.</summary>
    public long WarmUp { get; init; }

    /// <summary>Whether the rate falls by half a cosine until the last step. Default false.</summary>
    public bool HasCosine { get; init; }

    /// <summary>What share of the rate is left at the end of the cosine. Default 0.</summary>
    public float FinalShare { get; init; }

    /// <summary>Examples of a step. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Steps of the run; null where epochs are given.</summary>
    public long? Steps { get; init; }

    /// <summary>How often each example comes, where steps are not given.</summary>
    public double? Epochs { get; init; }

    /// <summary>The longest gradient. Default 0: gradients are not shortened.</summary>
    public float Clip { get; init; }

    /// <summary>Steps between two validations; null for one in twenty of the run.</summary>
    public long? ValidateEvery { get; init; }

    /// <summary>Validations without a better loss after which the run ends. Default 0: it does not end early.</summary>
    public int Patience { get; init; }

    /// <summary>How much lower a validation loss must be to be better. Default 0.</summary>
    public float LeastImprovement { get; init; }

    /// <summary>What first values, order and dropout are drawn from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many seeds are tried at most. Default 1.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>The loss at which no further seed is tried. Default 0: all are.</summary>
    public float GoodLoss { get; init; }

    /// <summary>Which settings are tried; null for none.</summary>
    public SearchSpec? Search { get; init; }

    /// <summary>The most time that the job trains; null for what the host allows.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>When it begins again by itself; null for never.</summary>
    public RetrainSpec? Retrain { get; init; }

    /// <summary>How its model comes into use; null for the host's way.</summary>
    public DeploySpec? Deploy { get; init; }

    /// <summary>The specification as it was given.</summary>
    public required string Json { get; init; }

    /// <summary>The steps of the run on that many examples.</summary>
    public long StepsOn(int examples) => Steps ?? Math.Max(1, (long)Math.Ceiling(Epochs!.Value * examples / Batch));
}
