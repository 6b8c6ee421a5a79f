namespace EdgeHost.PluginHost.Tests.Support;

/// <summary>Takes a call's items: says when the first has come, and holds one back until released.</summary>
internal sealed class Held(int holdFrom = 1)
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _items;

    public Task Begun => _begun.Task.WaitAsync(PluginTestHost.Unexpected);

    public void Release() => _release.TrySetResult();

    public async Task TakeAsync(byte[] item, CancellationToken cancellationToken)
    {
        var index = Interlocked.Increment(ref _items) - 1;
        _begun.TrySetResult();
        if (index >= holdFrom) await _release.Task.WaitAsync(cancellationToken);
    }
}
