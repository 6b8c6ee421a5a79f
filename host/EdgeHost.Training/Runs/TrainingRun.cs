using EdgeHost.Training.Checkpoints;
using EdgeHost.Training.Data;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Runs;

/// <summary>
/// Trains a network from its first step, or from its last checkpoint, to its end. A run that was interrupted and resumed comes to the same
/// bits as one that was not, on one thread. Not thread-safe; used for one run.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingStep _step;
    private readonly ITrainingData _data;
    private readonly ITrainingData? _validation;
    private readonly TrainingRunOptions _options;
    private readonly ITrainingStepRunner _runner;
    private readonly IValidationScore? _score;
    private readonly ExampleOrder _order;
    private readonly EvaluationStep? _evaluation;
    private readonly RunState _state = new();
    private readonly string _fingerprint;
    private long _checkpointed = -1;
    private StepResult _last;
    private float _rate;

    /// <summary>Creates a run.</summary>
    /// <param name="step">The network; stays the caller's.</param>
    /// <param name="data">What it is trained on.</param>
    /// <param name="options">How long, and what is kept.</param>
    /// <param name="validation">What it is measured with; null where <see cref="TrainingRunOptions.ValidateEvery"/> is 0.</param>
    /// <param name="runner">Runs the steps; null for at once.</param>
    /// <param name="score">Looks at the outputs of validations; may be null.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a setting is out of its range, or validation is asked for without data.</exception>
    public TrainingRun(
        TrainingStep step, ITrainingData data, TrainingRunOptions options, ITrainingData? validation = null, ITrainingStepRunner? runner = null, IValidationScore? score = null)
    {
        options.Validate();
        if (options.ValidateEvery > 0 && validation is null) throw new EdgeHostException(ErrorCode.InvalidArgument, "The run is to validate and has no data for it.");
        (_step, _data, _options, _validation) = (step, data, options, options.ValidateEvery > 0 ? validation : null);
        _runner = runner ?? DirectStepRunner.Instance;
        _score = score;
        _order = new ExampleOrder(data.Count, step.Options.BatchSize, step.Options.Seed);
        _evaluation = _validation is null ? null : new EvaluationStep(step);
        _fingerprint = $"{step.Optimiser} {step.Options} {options.Schedule} {options.ValidateEvery} {options.LeastImprovement}";
    }

    /// <summary>
    /// Resumes where there is a checkpoint, and goes on to the end. With validation the network has the best parameters then. Cancellation
    /// leaves a checkpoint of the last step done.
    /// </summary>
    /// <param name="progress">Told every <see cref="TrainingRunOptions.ReportEvery"/> steps and at each validation; may be null.</param>
    /// <param name="cancellationToken">Ends the run between two steps.</param>
    /// <exception cref="TrainingDivergedException">The loss or gradient became no number, or the loss exploded.</exception>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.FailedPrecondition"/>: the checkpoint is of another network, data or settings; <see cref="ErrorCode.DataLoss"/>:
    /// it is damaged; <see cref="ErrorCode.ResourceExhausted"/>: it could not be written, and the one before is still there.
    /// </exception>
    public async Task<TrainingOutcome> RunAsync(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        Resume();
        Func<CancellationToken, bool> step = Step;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var validated = IsValidationDue ? await ValidateAsync(cancellationToken).ConfigureAwait(false) : (float?)null;
                if (IsDue(_options.CheckpointEvery) || _options.WantsCheckpoint?.Invoke() == true) Save();
                if (validated is not null || IsDue(_options.ReportEvery) || (_step.StepsDone > 0 && _options.WantsReport?.Invoke() == true))
                {
                    progress?.Report(new TrainingProgress(_step.StepsDone, (float)_state.Loss, _last.GradientNorm, _rate, validated));
                }

                if (IsAtItsEnd) break;
                await _runner.RunAsync(step, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Save();
            throw;
        }

        Save();
        if (_state.Best.Length > 0) _state.Best.CopyTo(_step.State.Current.Span);
        return new TrainingOutcome(_step.StepsDone, (float)_state.Loss, _state.Best.Length > 0 ? _state.BestLoss : null, _state.BestStep, HasLostPatience);
    }

    /// <inheritdoc/>
    public void Dispose() => _evaluation?.Dispose();

    private bool IsAtItsEnd => HasLostPatience || _step.StepsDone >= _options.Steps;

    private bool HasLostPatience => _options.Patience > 0 && _state.Stale >= _options.Patience;

    private bool IsValidationDue
        => _evaluation is not null && _state.ValidatedStep != _step.StepsDone && (IsDue(_options.ValidateEvery) || _step.StepsDone == _options.Steps);

    private bool IsDue(long every) => _step.StepsDone > 0 && _step.StepsDone % every == 0;

    /// <summary>Does one step.</summary>
    /// <returns>Whether the next may follow before the run looks at itself.</returns>
    private bool Step(CancellationToken cancellationToken)
    {
        _data.Fill(_order.Of(_step.StepsDone), _step.Batch);
        _rate = _options.Schedule.At(_step.StepsDone + 1);
        _last = _step.Run(_rate, cancellationToken);
        Check(_last);
        return !IsAtItsEnd && !IsValidationDue && !IsDue(_options.CheckpointEvery) && !IsDue(_options.ReportEvery);
    }

    private void Check(StepResult result)
    {
        if (!result.IsFinite)
        {
            var what = float.IsFinite(result.Loss) ? $"the gradient's norm is {result.GradientNorm}" : $"the loss is {result.Loss}";
            throw new TrainingDivergedException(_step.StepsDone + 1, what);
        }

        _state.Add(result.Loss);
        if (_state.Loss > _options.ExplosionFactor * Math.Abs(_state.FirstLoss))
        {
            throw new TrainingDivergedException(_step.StepsDone, $"the loss grew to {_state.Loss:G4} from {_state.FirstLoss:G4} at the beginning");
        }
    }

    private async ValueTask<float> ValidateAsync(CancellationToken cancellationToken)
    {
        // Batches are all of one size: the last one is filled up with the first examples.
        var (evaluation, data) = (_evaluation!, _validation!);
        var examples = new int[_step.Options.BatchSize];
        var batches = (data.Count + examples.Length - 1) / examples.Length;
        double sum = 0;
        var batch = 0;
        _score?.Begin();
        while (batch < batches)
        {
            await _runner.RunAsync(
                stop =>
                {
                    var first = batch * examples.Length;
                    for (var i = 0; i < examples.Length; i++) examples[i] = (first + i) % data.Count;
                    data.Fill(examples, evaluation.Batch);
                    sum += evaluation.Run(stop);
                    var count = Math.Min(examples.Length, data.Count - first);
                    _score?.Add(first, count, evaluation.Outputs[..(count * (evaluation.Outputs.Length / examples.Length))]);
                    return ++batch < batches;
                },
                cancellationToken).ConfigureAwait(false);
        }

        var loss = (float)(sum / batches);
        if (!float.IsFinite(loss)) throw new TrainingDivergedException(_step.StepsDone, $"the validation loss is {loss}");
        _state.ValidatedStep = _step.StepsDone;
        if (_state.Judge(loss, _options.LeastImprovement))
        {
            _state.BestStep = _step.StepsDone;
            if (_state.Best.Length == 0) _state.Best = new float[_step.ParameterCount];
            _step.State.Current.Span[.._state.Best.Length].CopyTo(_state.Best);
        }

        return loss;
    }

    private void Resume()
    {
        if (_options.CheckpointPath is { } path && File.Exists(path))
        {
            CheckpointFile.Read(path, _step.State, _state, _fingerprint, _data.Hash);
            _checkpointed = _step.StepsDone;
        }
    }

    private void Save()
    {
        if (_options.CheckpointPath is not { } path || _checkpointed == _step.StepsDone) return;
        CheckpointFile.Write(path, _step.State, _state, _fingerprint, _data.Hash);
        _checkpointed = _step.StepsDone;
    }
}
