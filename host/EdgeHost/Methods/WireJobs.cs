using EdgeHost.Capabilities.Training;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Storage;
using WireState = EdgeHost.Capabilities.Training.TrainingJobState;

namespace EdgeHost.Host.Methods;

/// <summary>Jobs in the words of the wire.</summary>
internal static class WireJobs
{
    public static TrainingJob Of(JobRecord record, TrainedModelCard? card = null) => new()
    {
        Id = record.Id,
        Model = record.Model,
        State = (WireState)record.State,
        Reason = record.Reason.Length > 0 ? record.Reason : null,
        CreatedMs = record.Created.ToUnixTimeMilliseconds(),
        EndedMs = record.Ended?.ToUnixTimeMilliseconds(),
        Seconds = record.Seconds,
        Trial = record.Trial,
        Trials = Math.Max(1, record.Trials),
        Step = record.Step,
        Of = record.Of,
        Rate = record.Rate > 0 ? record.Rate : null,
        Loss = record.Curve.Count > 0 ? record.Curve[^1].Loss : null,
        ValidationLoss = record.Curve.LastOrDefault(static point => point.ValidationLoss is not null)?.ValidationLoss,
        ValidationAccuracy = record.Curve.LastOrDefault(static point => point.ValidationAccuracy is not null)?.ValidationAccuracy,
        Warnings = record.Warnings,
        Parent = record.Parent,
        Version = record.Version,
        Metrics = record.Metrics is { } metrics
            ? new TrainingMetrics
            {
                Examples = metrics.Examples,
                HeldOut = metrics.IsHeldOut,
                Loss = metrics.Loss,
                Accuracy = metrics.Accuracy,
                MeanAbsoluteError = metrics.MeanAbsoluteError,
                Labels = metrics.Labels ?? card?.Labels ?? [],
                Confusion = [.. metrics.Confusion.SelectMany(static row => row)],
            }
            : null,
    };

    public static TrainingPoint Of(CurvePoint point) => new(point.Step, point.Loss, point.ValidationLoss, point.ValidationAccuracy);
}
