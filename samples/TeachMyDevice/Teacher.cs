using EdgeHost;
using EdgeHost.Capabilities.Models;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;

namespace TeachMyDevice;

/// <summary>Teaches a model of this app: records, trains, asks, corrects. One at a time.</summary>
internal sealed class Teacher(EdgeHostClient client)
{
    public const string App = "teach-my-device";
    public const string Purpose = "teaching";
    private const string Model = "requests";

    // Few people talk to a device a hundred times a day: ten answers of a tenth of the calls are enough to see that a new version does no harm.
    private const string Spec = """
        {
          "model": "requests",
          "task": "classify",
          "data": {
            "dataset": "requests",
            "preprocessing": { "seed": 1, "steps": [{ "kind": "normalise_text" }, { "kind": "hash_characters", "minimum": 2, "maximum": 5, "size": 2048 }, { "kind": "unit_length" }] }
          },
          "network": {
            "inputs": [{ "name": "text", "shape": [2048] }],
            "layers": [
              { "name": "hidden", "kind": "linear", "width": 48, "activation": "relu" },
              { "name": "output", "kind": "linear", "width": 4 }
            ],
            "loss": { "kind": "cross_entropy" }
          },
          "optimiser": { "kind": "adam", "rate": 0.003 },
          "batch": 8,
          "epochs": 40,
          "retrain": { "after": 12, "at_most_every": 10 },
          "deploy": { "start": "canary", "min_calls": 10, "max_accuracy_drop": 0.1 }
        }
        """;

    /// <summary>The call of the last answer, for corrections; null before the first.</summary>
    public string? LastCall { get; private set; }

    public async Task TeachAsync(IEnumerable<(string Text, string Label)> lessons)
        => await client.Training.RecordAsync(new RecordExamplesRequest
        {
            Dataset = Model,
            Purpose = Purpose,
            Kind = ExampleKind.Text,
            ValidationShare = 0,
            TestShare = 0.2,
            Examples = [.. lessons.Select(static lesson => new Example { Text = lesson.Text, Label = lesson.Label })],
        });

    /// <summary>Trains, and tells the loss as it falls.</summary>
    public async Task<TrainingJob> TrainAsync(IProgress<double>? losses = null)
    {
        var job = await client.Training.StartAsync(Spec);
        return await FollowAsync(job.Id, losses);
    }

    /// <summary>Follows a job to its end.</summary>
    public async Task<TrainingJob> FollowAsync(string id, IProgress<double>? losses = null)
    {
        TrainingJob? job = null;
        await foreach (var progress in client.Training.WatchAsync(id))
        {
            foreach (var point in progress.Points) losses?.Report(point.Loss);
            job = progress.Job;
        }

        return job is { State: TrainingJobState.Done } ? job : throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The job ended as {job?.State}: {job?.Reason}");
    }

    public async Task<(string Label, double Confidence, string Version)> AskAsync(string text)
    {
        LastCall = null;
        var response = await client.Training.PredictAsync(
            new PredictRequest { Model = Model, Inputs = [new PredictInput { Text = text }] }, new CallOptions { OnInfo = info => LastCall = info.CallId });
        var prediction = response.Predictions[0];
        return (prediction.Label!, prediction.Confidence ?? 0, response.Model[(response.Model.IndexOf('@', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Says what the last answer should have been.</summary>
    public async Task<string?> CorrectAsync(string label)
    {
        if (LastCall is not { } call) throw new EdgeHostException(ErrorCode.FailedPrecondition, "Ask something first.");
        return (await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = call, Label = label })).Reason;
    }

    /// <summary>The newest job.</summary>
    public async Task<TrainingJob?> NewestJobAsync() => await client.Training.ListJobsAsync(Model) is [var newest, ..] ? newest : null;

    /// <summary>The versions, the newest first.</summary>
    public async Task<IReadOnlyList<ModelVersionEntry>> VersionsAsync() => (await client.Models.ListVersionsAsync($"{App}/{Model}")).Versions;
}
