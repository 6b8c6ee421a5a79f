using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Runtime.Models;
using EdgeHost.Disks;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Running;

/// <summary>Does one run of a job to its end: over pauses, lack of memory, a full disk and checkpoints that are no good. Thread-safe.</summary>
internal sealed class TrialRunner(IOptions<JobOptions> options, TimeProvider time, IFreeSpace space, IMemoryReservations? memory = null)
{
    private const int ReportsOfARun = 200;
    private const int ValidationsOfARun = 20;
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>Does a run.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; a checkpoint is kept.</exception>
    /// <exception cref="EdgeHostException">It cannot be done.</exception>
    public async Task<TrialRecord> RunAsync(JobContext job, TrialPlan plan, CancellationToken stop)
    {
        job.Entry.Update(now => now with { Trial = plan.Number, Step = 0, Of = plan.Steps, Curve = [] });
        try
        {
            using var trained = await OpenAsync(job, plan, stop).ConfigureAwait(false);
            var score = job.Data.Validation is { } validation ? await EvaluateAsync(job, plan, trained.Step, validation, stop).ConfigureAwait(false) : default;
            return new TrialRecord(
                plan.Number, plan.Round, plan.Settings, plan.Seed, trained.Outcome.Steps, trained.Outcome.Loss, trained.Outcome.BestValidationLoss, score.Score?.Accuracy, Problem: null);
        }
        catch (TrainingDivergedException e)
        {
            return new TrialRecord(plan.Number, plan.Round, plan.Settings, plan.Seed, e.Step, float.NaN, ValidationLoss: null, ValidationAccuracy: null, e.Message);
        }
    }

    /// <summary>Trains to the end of a plan, or reads what was trained, and gives the network with its best parameters.</summary>
    public async Task<TrainedNetwork> OpenAsync(JobContext job, TrialPlan plan, CancellationToken stop)
    {
        var failures = 0;
        while (true)
        {
            using var suspend = CancellationTokenSource.CreateLinkedTokenSource(stop, job.Limit.Token);
            using var watch = job.Gate.OnChange(() =>
            {
                if (job.Gate.WantsMemory) _ = suspend.CancelAsync();
            });
            var path = job.CheckpointOf(plan.Number, plan.Seed);
            try
            {
                return await AttemptAsync(job, plan, path, suspend.Token, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (stop.IsCancellationRequested && e is EdgeHostException or OperationCanceledException)
            {
                // The last checkpoint may have failed; the one before is there.
                throw new OperationCanceledException("The run was ended.", e, stop);
            }
            catch (OperationCanceledException) when (!job.IsOverTime)
            {
                // Memory is short: all that the run held is given back, and it goes on from its checkpoint when that is better.
                await job.Gate.WaitAsync(stop).ConfigureAwait(false);
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted && ++failures < options.Value.DiskRetries)
            {
                job.Gate.Hold(e.Message);
                await Task.Delay(options.Value.DiskRetryInterval, time, stop).ConfigureAwait(false);
                job.Gate.Hold(null);
            }
            catch (EdgeHostException e) when (File.Exists(path) && (e.Code == ErrorCode.DataLoss || (e.Code == ErrorCode.FailedPrecondition && e is not TrainingDivergedException)))
            {
                // The checkpoint is damaged, or of another version of the host.
                job.Warn($"{e.Message} The run began anew.");
                File.Delete(path);
            }
        }
    }

    /// <summary>Measures a network.</summary>
    public async Task<(float Loss, OutputScore? Score)> EvaluateAsync(JobContext job, TrialPlan plan, TrainingStep step, Data.DataPart part, CancellationToken stop)
    {
        EvaluationStep? evaluation = null;
        await job.Runner.RunThroughAsync(() => evaluation = new EvaluationStep(step), stop).ConfigureAwait(false);
        using var owned = evaluation!;
        var score = new OutputScore(plan.Spec, part, job.Data.Labels.Count);
        var examples = new int[owned.Batch.Size];
        var (first, sum) = (0, 0.0);
        while (first < part.Count)
        {
            await job.Runner.RunAsync(
                cancel =>
                {
                    for (var i = 0; i < examples.Length; i++) examples[i] = (first + i) % part.Count;
                    part.Data.Fill(examples, owned.Batch);
                    var loss = owned.Run(cancel);
                    var count = Math.Min(examples.Length, part.Count - first);
                    sum += (double)loss * count;
                    score.Add(first, count, owned.Outputs[..(count * (owned.Outputs.Length / examples.Length))]);
                    return (first += count) < part.Count;
                },
                stop).ConfigureAwait(false);
        }

        return ((float)(sum / part.Count), score);
    }

    private async Task<TrainedNetwork> AttemptAsync(JobContext job, TrialPlan plan, string path, CancellationToken cancellationToken, CancellationToken stop)
    {
        var spec = plan.Spec;
        TrainingStep? built = null;
        var held = await ReserveAsync(job, spec, stop).ConfigureAwait(false);
        try
        {
            var network = NetworkSpec.ToNetwork(spec.Network);
            var settings = new StepOptions { BatchSize = spec.Batch, ClipNorm = spec.Clip, Seed = plan.Seed };
            await job.Runner.RunThroughAsync(() => built = new TrainingStep(network, spec.Optimiser, settings), stop).ConfigureAwait(false);
            if (!File.Exists(path) && job.Parent is { } parent && !WarmStart.TryCopy(parent, job.Data.Labels, built!))
            {
                job.Warn($"The network is another one than that of version {parent.Version}; its parameters were not taken over.");
            }

            var outcome = await TrainAsync(job, plan, built!, path, plan.Steps, cancellationToken, stop).ConfigureAwait(false);
            var trained = new TrainedNetwork(built!, outcome, held);
            (built, held) = (null, null);
            return trained;
        }
        catch (TrainingDivergedException)
        {
            KeepLastGood(job, plan, built!);
            throw;
        }
        finally
        {
            built?.Dispose();
            held?.Dispose();
        }
    }

    // Of the one budget that models share. What is in use by others goes first: the job rests until there is room.
    private async Task<IDisposable?> ReserveAsync(JobContext job, JobSpec spec, CancellationToken stop)
    {
        if (memory is null) return null;
        var bytes = (long)JobMemory.Estimate(spec, job.Data.Bytes);
        while (true)
        {
            try
            {
                var held = memory.Reserve($"the training job {job.Entry.Record.Id} of {job.Entry.Record.App}", bytes);
                job.Gate.Hold(null);
                return held;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
            {
                job.Gate.Hold(e.Message);
                await Task.Delay(options.Value.MemoryRetryInterval, time, stop).ConfigureAwait(false);
            }
        }
    }

    // A step that gave no numbers has changed nothing.
    private static void KeepLastGood(JobContext job, TrialPlan plan, TrainingStep step)
    {
        try
        {
            File.WriteAllBytes(Path.Combine(job.Store.FolderOf(job.Entry.Record.Id), $"last-good-{plan.Number}-{plan.Seed}.onnx"), step.Export().ToBytes().Span);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            job.Warn($"The parameters before the run went wrong could not be kept: {e.Message}");
        }
    }

    private async Task<TrainingOutcome> TrainAsync(JobContext job, TrialPlan plan, TrainingStep step, string path, long steps, CancellationToken cancellationToken, CancellationToken stop)
    {
        try
        {
            return await RunAsync(steps, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (job.IsOverTime && !stop.IsCancellationRequested)
        {
            if (step.StepsDone == 0) throw new EdgeHostException(ErrorCode.DeadlineExceeded, "The time of the job is used up, and the run had done no step; give it more with 'limits.time'.");
            if (step.StepsDone < plan.Steps) job.Warn($"The time of the job was used up after {step.StepsDone} of {plan.Steps} steps; the best parameters until then are taken.");
            return await RunAsync(step.StepsDone, stop).ConfigureAwait(false);
        }

        async Task<TrainingOutcome> RunAsync(long most, CancellationToken token)
        {
            var validation = job.Data.Validation;
            var score = validation is null ? null : new OutputScore(plan.Spec, validation, labels: 0);
            using var run = new TrainingRun(step, job.Data.Train.Data, Options(job, plan, path, most, validation is not null), validation?.Data, job.Runner, score);
            return await run.RunAsync(new Reporter(job, score), token).ConfigureAwait(false);
        }
    }

    private TrainingRunOptions Options(JobContext job, TrialPlan plan, string path, long steps, bool validates)
    {
        var spec = plan.Spec;
        var all = spec.StepsOn(job.Data.Train.Count);
        var (saved, reported) = (time.GetTimestamp(), time.GetTimestamp());
        return new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = spec.Rate, WarmUpSteps = spec.WarmUp, CosineSteps = spec.HasCosine ? all : 0, FinalShare = spec.FinalShare },
            ValidateEvery = validates ? spec.ValidateEvery ?? Math.Max(1, all / ValidationsOfARun) : 0,
            Patience = validates ? spec.Patience : 0,
            LeastImprovement = spec.LeastImprovement,
            CheckpointPath = path,
            CheckpointEvery = long.MaxValue,
            WantsCheckpoint = () =>
            {
                if (time.GetElapsedTime(saved) < options.Value.CheckpointInterval) return false;
                CheckDisk(path);
                job.Save();
                saved = time.GetTimestamp();
                return true;
            },
            ReportEvery = Math.Max(1, all / ReportsOfARun),
            WantsReport = () =>
            {
                if (time.GetElapsedTime(reported) < ReportInterval) return false;
                reported = time.GetTimestamp();
                return true;
            },
        };
    }

    private void CheckDisk(string path)
    {
        if (space.AvailableBytes(Path.GetDirectoryName(path)!) is not { } free || free >= options.Value.FreeSpaceReserveBytes) return;
        throw new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"The disk has {free >> 20} MiB free, and checkpoints leave {options.Value.FreeSpaceReserveBytes >> 20} MiB ({JobOptions.SectionName}:{nameof(JobOptions.FreeSpaceReserveBytes)}); the job goes on from its last checkpoint when there is more.");
    }

    /// <summary>Brings progress into the job's record.</summary>
    private sealed class Reporter(JobContext job, OutputScore? score) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            var accuracy = value.ValidationLoss is null ? null : score?.Accuracy;
            var point = new CurvePoint(value.Step, value.Loss, value.ValidationLoss, accuracy);
            job.Entry.Update(now => now with { Step = value.Step, Rate = value.Rate, Seconds = job.Runner.Used.TotalSeconds, Curve = LearningCurve.Add(now.Curve, point) });
        }
    }
}
