using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Heap;

/// <summary>
/// Gives the memory of garbage back when the work that made it is over. The collector keeps what it has of the system for the next work: after a plugin had built large models, 2 GB stayed resident for good. A
/// host that does nothing is not woken: only a collection, which work has caused, starts the clock. Thread-safe.
/// </summary>
internal sealed class HeapUpkeep : IHostedService, IAsyncDisposable
{
    /// <summary>What an idle host may allocate within <see cref="HeapOptions.IdleTime"/>.</summary>
    private const long QuietBytes = 8 << 20;

    private readonly IManagedHeap _heap;
    private readonly IMemoryTrimmer _trimmer;
    private readonly HeapOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HeapUpkeep> _logger;
    private readonly UpkeepTimer _timer;
    private long _allocated;
    private long _givenBackAt;
    private volatile bool _isStopped;

    public HeapUpkeep(IManagedHeap heap, IMemoryTrimmer trimmer, IOptions<EdgeHostRuntimeOptions> options, TimeProvider time, ILogger<HeapUpkeep> logger)
    {
        (_heap, _trimmer, _options, _time, _logger) = (heap, trimmer, options.Value.Heap, time, logger);
        _timer = new UpkeepTimer(time, Look);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.IdleTime is not null) _heap.OnNextCollection(LookLater);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopped = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _isStopped = true;
        return _timer.DisposeAsync();
    }

    private void LookLater()
    {
        if (_isStopped || _options.IdleTime is not { } idle) return;
        _timer.Request(_time.GetUtcNow() + idle);
    }

    // Called by one timer, which is set again only here or once this has ended.
    private void Look()
    {
        if (_isStopped) return;
        var allocated = _heap.AllocatedBytes;
        var isQuiet = allocated - _allocated <= QuietBytes;
        _allocated = allocated;
        if (!isQuiet)
        {
            LookLater();
            return;
        }

        // What was let go is known only by collecting; that there may be much of it, by what was allocated.
        if (allocated - _givenBackAt >= _options.LeastAllocatedBytes) GiveBack(allocated);
        _heap.OnNextCollection(LookLater);
    }

    private void GiveBack(long allocated)
    {
        var (before, started) = (_heap.CommittedBytes, _time.GetTimestamp());
        _heap.GiveBack();
        _givenBackAt = allocated;
        var (after, took) = (_heap.CommittedBytes, _time.GetElapsedTime(started));
        _trimmer.Trim();
        _logger.LogDebug("The heap gave memory back: {Before} before, {After} after, in {Milliseconds:F0} ms.", Bytes.ToText(before), Bytes.ToText(after), took.TotalMilliseconds);
    }
}
