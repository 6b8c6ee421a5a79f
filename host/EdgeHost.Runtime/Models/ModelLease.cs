using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Models;

internal sealed class ModelLease : IModelLease
{
    private readonly ModelPool _pool;
    private readonly CallScope _scope;
    private int _isDisposed;

    public ModelLease(ModelPool pool, CallScope scope, ModelEntry entry)
    {
        _pool = pool;
        _scope = scope;
        Entry = entry;
    }

    public ModelEntry Entry { get; }

    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

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
        _pool.CheckValue(elementType, shape);
        _pool.Hold(this);
        try
        {
            return Entry.Session!.CreateValue(elementType, shape);
        }
        finally
        {
            _pool.Release(Entry);
        }
    }

    public async ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);

        // The step holds the session by itself, so that a lease disposed too early cannot pull it away under a run.
        _pool.Hold(this);
        CancellationTokenSource? linked = null;
        try
        {
            var token = _scope.Combine(cancellationToken, ref linked);
            var request = new StepRequest
            {
                Device = Entry.Device,
                Session = Entry.Session!,
                Step = step,
                Model = Entry.Name,
                App = _scope.App,
                Priority = _scope.Priority,
                Deadline = _scope.Deadline,
            };
            var completion = await _pool.Scheduler.RunAsync(request, token).ConfigureAwait(false);
            _scope.AddStep(Entry.Device.Id, Entry.Why, completion.QueueTime, completion.RunTime, completion.Batch);
            return new StepResult(completion.Outputs, Entry.Device.Id, completion.QueueTime, completion.RunTime);
        }
        finally
        {
            linked?.Dispose();
            _pool.Release(Entry);
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _pool.Hold(this);
        try
        {
            return await _pool.ReadFileAsync(Entry, name).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pool.Release(Entry);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _scope.Remove(this);
        _pool.EndLease(Entry);
    }
}
