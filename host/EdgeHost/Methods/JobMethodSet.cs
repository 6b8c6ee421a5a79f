using EdgeHost.Capabilities.Training;
using EdgeHost.Host.Training;
using EdgeHost.Jobs;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Host.Methods;

/// <summary><c>training.start</c>, <c>status</c>, <c>cancel</c>, <c>list</c> and <c>predict</c>: an app's own jobs and models.</summary>
internal sealed class JobMethodSet(JobService jobs, ITrainedModels models, TrainedModelPredictor predictor)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.UnaryOfApp<StartTrainingRequest, TrainingJobResponse>(
            TrainingMethods.Start,
            "Trains a model of the calling app as background work.",
            """{"spec":"{\"model\":\"mails\",\"task\":\"classify\",\"data\":{\"dataset\":\"mails\"}, …}"}""",
            StartAsync);
        yield return HostMethod.ServerStreamOfApp<TrainingJobRequest, TrainingProgress, TrainingJobResponse>(
            TrainingMethods.Status, "Follows a training job of the calling app to its end.", """{"job":"0123456789abcdef"}""", FollowAsync);
        yield return HostMethod.UnaryOfApp<TrainingJobRequest, TrainingJobResponse>(
            TrainingMethods.Cancel, "Ends a training job of the calling app.", """{"job":"0123456789abcdef"}""", CancelAsync);
        yield return HostMethod.UnaryOfApp<ListTrainingJobsRequest, ListTrainingJobsResponse>(
            TrainingMethods.List, "Lists the calling app's training jobs.", "{}", ListAsync);
        yield return HostMethod.UnaryWithModels<PredictRequest, PredictResponse>(
            TrainingMethods.Predict, "Asks a model that the calling app has trained.", """{"model":"mails","inputs":[{"text":"Buy now!"}]}""", predictor.PredictAsync);
    }

    private async ValueTask<TrainingJobResponse> StartAsync(StartTrainingRequest request, AppIdentity app, CancellationToken cancellationToken)
        => await AnswerAsync(await jobs.StartAsync(ExampleOwner.Of(app), request.Spec, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask<TrainingJobResponse> CancelAsync(TrainingJobRequest request, AppIdentity app, CancellationToken cancellationToken)
        => await AnswerAsync(await jobs.CancelAsync(ExampleOwner.Of(app), request.Job, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async ValueTask<ListTrainingJobsResponse> ListAsync(ListTrainingJobsRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var listed = new List<TrainingJob>();
        foreach (var job in jobs.List(ExampleOwner.Of(app)).Where(job => request.Model is null || job.Model == request.Model))
        {
            listed.Add(await DescribeAsync(job, cancellationToken).ConfigureAwait(false));
        }

        return new ListTrainingJobsResponse { Jobs = listed };
    }

    private async ValueTask<TrainingJobResponse> FollowAsync(TrainingJobRequest request, AppIdentity app, Func<TrainingProgress, ValueTask> send, CancellationToken cancellationToken)
    {
        JobRecord? last = null;
        await foreach (var record in jobs.WatchAsync(ExampleOwner.Of(app), request.Job, cancellationToken).ConfigureAwait(false))
        {
            await send(new TrainingProgress { Job = await DescribeAsync(record, cancellationToken).ConfigureAwait(false), Points = [.. NewPoints(last, record).Select(WireJobs.Of)] }).ConfigureAwait(false);
            last = record;
        }

        return await AnswerAsync(last!, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<CurvePoint> NewPoints(JobRecord? last, JobRecord record)
    {
        // Another run, or one that went back to a checkpoint, begins its curve anew.
        if (last is null || last.Trial != record.Trial || last.Step > record.Step || last.Curve.Count == 0) return record.Curve;
        var step = last.Curve[^1].Step;
        return record.Curve.Where(point => point.Step > step);
    }

    private async ValueTask<TrainingJobResponse> AnswerAsync(JobRecord record, CancellationToken cancellationToken)
        => new() { Job = await DescribeAsync(record, cancellationToken).ConfigureAwait(false) };

    private async ValueTask<TrainingJob> DescribeAsync(JobRecord record, CancellationToken cancellationToken)
        => WireJobs.Of(record, record is { Version: { } version, IsPersonal: false } ? (await models.FindAsync(record.Owner, record.Model, version, cancellationToken).ConfigureAwait(false))?.Card : null);
}
