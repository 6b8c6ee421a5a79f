using EdgeHost.Jobs.Running;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Plugins;

/// <summary>
/// Trains networks within calls of plugins: as work of the lowest class in the one schedule, like jobs, but without a record: what a call asks for ends with it. As many at once
/// as jobs; others wait, a bounded number of them. Thread-safe.
/// </summary>
internal sealed class CallTrainers(
    IStepScheduler scheduler, IDeviceDirectory devices, IMachineConditions conditions, IOptions<JobOptions> options, TimeProvider time, IJobAccounts? accounts = null) : ICallTrainers, IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.Running);
    private int _waiting;

    public ITrainer For(AppIdentity app) => new Trainer(this, app);

    public void Dispose() => _turns.Dispose();

    private async ValueTask<TrainingResult> TrainAsync(AppIdentity app, TrainingRequest request, CancellationToken cancellationToken)
    {
        var training = CallTraining.Read(request, options.Value.MaxMemoryBytes);
        if (Interlocked.Increment(ref _waiting) > options.Value.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.Value.QueueLimit} networks of plugins wait or train, the most there may be ({JobOptions.SectionName}:{nameof(JobOptions.QueueLimit)}); try again later.");
        }

        try
        {
            await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await RunAsync(app, training, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async ValueTask<TrainingResult> RunAsync(AppIdentity app, CallTraining training, CancellationToken cancellationToken)
    {
        var gate = new PauseGate(training.Entry(app, time.GetUtcNow()), app, conditions, accounts, time);

        // The first look at the devices opens the engine's environment, which must be there before any training graph.
        var processor = devices.Devices.First(static device => device.Kind == DeviceKind.Cpu);
        var work = new Runtime.Scheduling.Work.WorkRequest { Device = processor, Name = $"training of {app.Name}", App = app, Account = accounts?.AccountOf(app), Work = static _ => { } };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var runner = new ScheduledStepRunner(scheduler, gate, work, options.Value.Slice, TimeSpan.Zero, options.Value.TimeLimit, limit.Cancel, time);
        try
        {
            return await training.RunAsync(runner, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EdgeHostException(ErrorCode.DeadlineExceeded, $"The training took more than {options.Value.TimeLimit} on the processor ({JobOptions.SectionName}:{nameof(JobOptions.TimeLimit)}).", e);
        }
    }

    private sealed class Trainer(CallTrainers owner, AppIdentity app) : ITrainer
    {
        public ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            return owner.TrainAsync(app, request, cancellationToken);
        }
    }
}
