using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Models;

internal sealed class ModelLease : IModelLease
{
    private readonly ModelPool _pool;
    private readonly VersionChoice? _choice;
    private volatile Place _place;
    private int _isDisposed;
    private int _hasRun;

    public ModelLease(ModelPool pool, CallScope scope, ModelEntry entry, string why, long started, VersionChoice? choice = null)
    {
        _pool = pool;
        _choice = choice;
        Scope = scope;
        Started = started;
        _place = new Place(entry, why);
    }

    public CallScope Scope { get; }

    /// <summary>When it was taken, for measuring.</summary>
    public long Started { get; }

    /// <summary>The model on its device now: changes when the device fails. Its references are the pool's matter.</summary>
    public ModelEntry Entry => _place.Entry;

    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>Its neighbour in the list of held leases. Guarded by the pool's lock.</summary>
    public ModelLease? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public ModelLease? Newer { get; set; }

    public ModelDescription Model
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Entry.Description!;
        }
    }

    public ModelValue CreateValue(ElementType elementType, TensorShape shape)
    {
        var bytes = _pool.CheckValue(elementType, shape);
        var entry = _pool.Hold(this);
        try
        {
            return _pool.CreateValue(entry, Scope, elementType, shape, bytes);
        }
        finally
        {
            _pool.Release(entry);
        }
    }

    public async ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        CancellationTokenSource? linked = null;
        try
        {
            var token = Scope.Combine(cancellationToken, ref linked);
            HashSet<string>? excluded = null;
            while (true)
            {
                // The step holds the session by itself, so that a lease disposed too early cannot pull it away under a run.
                var entry = _pool.Hold(this);
                var (result, problem) = await TryRunAsync(entry, step, token).ConfigureAwait(false);
                if (result is not null) return result;

                // Each device fails a step once at most, so the number of devices bounds the turns. One that came back may load the model afresh.
                excluded ??= new HashSet<string>(StringComparer.Ordinal);
                if (!entry.IsStuck || !_pool.IsUsable(entry)) excluded.Add(entry.Device.Id);
                await _pool.MoveAsync(this, entry, excluded, problem!, token).ConfigureAwait(false);
            }
        }
        finally
        {
            linked?.Dispose();
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var entry = _pool.Hold(this);
        try
        {
            return await _pool.ReadFileAsync(entry, name).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pool.Release(entry);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        Scope.Remove(this);
        _pool.EndLease(this);
    }

    /// <summary>Changes the entry. Called under the pool's lock.</summary>
    internal void Move(ModelEntry entry, string why) => _place = new Place(entry, why);

    /// <summary>Runs on one device and gives the reference back: at once, or when the device has let go of the run.</summary>
    /// <returns>The result; or what was wrong with the device, where the step may go on elsewhere.</returns>
    private async ValueTask<(StepResult? Result, string? Problem)> TryRunAsync(ModelEntry entry, ModelStep step, CancellationToken token)
    {
        Task? runEnded = null;
        try
        {
            if (entry.IsStuck || !_pool.IsUsable(entry)) return (null, _pool.WhyUnusable(entry));
            var completion = await _pool.Scheduler.RunAsync(RequestFor(entry, step), token).ConfigureAwait(false);
            var place = _place;
            var why = place.Entry == entry ? place.Why : entry.Why;
            Scope.AddStep(entry.Device.Id, why, completion.QueueTime, completion.RunTime, completion.Batch);
            _pool.Ran(entry, Scope, completion.Outputs, isFirstOfLease: Interlocked.Exchange(ref _hasRun, 1) == 0);
            _choice?.StepRan(step, completion.Outputs, completion.RunTime);
            return (new StepResult(completion.Outputs, entry.Device.Id, completion.QueueTime, completion.RunTime), null);
        }
        catch (DeviceFaultException e)
        {
            runEnded = e.RunEnded;
            if (e.HasStarted && !step.IsRepeatable)
            {
                throw new EdgeHostException(
                    ErrorCode.Unavailable,
                    $"{e.Device} failed during a step of '{entry.Name}' that may not be repeated ({e.Message.TrimEnd('.')}); ask again from the start.",
                    e);
            }

            return (null, e.Message);
        }
        catch (EdgeHostException e) when (Heard(e, entry, step))
        {
            throw;
        }
        finally
        {
            if (runEnded is null || runEnded.IsCompleted) _pool.Release(entry);
            else _ = _pool.ReleaseAfterAsync(entry, runEnded);
        }
    }

    // A filter, so that the stack of the failure stays whole.
    private bool Heard(EdgeHostException e, ModelEntry entry, ModelStep step)
    {
        if (_choice is not null && (e.Code != ErrorCode.InvalidArgument || Fits(entry.Description!, step))) _choice.StepFailed(e.Code);
        return false;
    }

    // What any version would refuse is its caller's fault, and says nothing of this one.
    private static bool Fits(ModelDescription model, ModelStep step)
    {
        if (step.Inputs.Count != model.Inputs.Count) return false;
        foreach (var (name, value) in step.Inputs)
        {
            if (model.Inputs.FirstOrDefault(known => known.Name == name) is not { } input || input.ElementType != value.ElementType || input.Shape.Rank != value.Shape.Rank) return false;
            for (var i = 0; i < input.Shape.Rank; i++)
            {
                if (input.Shape[i] >= 0 && input.Shape[i] != value.Shape[i]) return false;
            }
        }

        return step.Outputs.All(name => model.Outputs.Any(known => known.Name == name));
    }

    private StepRequest RequestFor(ModelEntry entry, ModelStep step) => new()
    {
        Device = entry.Device,
        Session = entry.Session!,
        Step = step,
        Model = entry.Name,
        App = Scope.App,
        Account = Scope.Account,
        Priority = Scope.Priority,
        Deadline = Scope.Deadline,
        Batching = entry.Artifact.Batching,
    };

    /// <summary>Where it is and why: changed as one.</summary>
    private sealed record Place(ModelEntry Entry, string Why);
}
