using System.Buffers;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A method whose calls wait until they are let go or cancelled.</summary>
internal sealed class BlockedMethod
{
    private readonly SemaphoreSlim _began = new(0);
    private readonly SemaphoreSlim _cancelled = new(0);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _release.TrySetResult();

    public async Task BeganAsync(int calls = 1)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.True(await _began.WaitAsync(Unexpected.Timeout), "the call did not begin");
        }
    }

    public async Task CancelledAsync(int calls = 1)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.True(await _cancelled.WaitAsync(Unexpected.Timeout), "the call was not cancelled");
        }
    }

    public async ValueTask HandleAsync(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        _began.Release();
        try
        {
            await _release.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.Release();
            throw;
        }

        response.Write(call.Body.Span);
    }
}
