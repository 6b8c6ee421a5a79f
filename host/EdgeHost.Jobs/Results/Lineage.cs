using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Results;

/// <summary>Where a model comes from, as it is kept beside it.</summary>
internal static partial class Lineage
{
    public static string ToJson(JobContext job, TrialPlan plan, TrialRecord trial, JobMetrics metrics, DateTimeOffset now)
    {
        var (record, data) = (job.Entry.Record, job.Data);
        using var spec = JsonDocument.Parse(plan.Spec.Json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var content = new Content(
            record.Id, now, new Snapshot(job.Spec.Dataset, data.Hash, data.LastExample, data.Train.Count, data.Validation?.Count ?? 0, data.Test?.Count ?? 0),
            spec.RootElement.Clone(), plan.Settings, plan.Seed, record.Parent, job.Runner.Used.TotalSeconds, trial, metrics);
        return JsonSerializer.Serialize(content, LineageJson.Default.Content);
    }

    internal sealed record Snapshot(string? Dataset, string Hash, long LastExample, int Train, int Validation, int Test);

    internal sealed record Content(
        string Job, DateTimeOffset Time, Snapshot Data, JsonElement Spec, string Settings, ulong Seed, string? Parent, double Seconds, TrialRecord Trial, JobMetrics Metrics);

    [JsonSerializable(typeof(Content))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    private sealed partial class LineageJson : JsonSerializerContext;
}
