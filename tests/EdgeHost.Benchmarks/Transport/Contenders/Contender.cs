using System.Diagnostics;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>One way to call another process, over one connection (or what the way makes of one) that is open already.</summary>
internal abstract class Contender : IAsyncDisposable
{
    /// <summary>Its name in tables and for <c>--only</c>; what comes before a blank or comma is its family.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a call blocks its thread; its callers then have threads of their own.</summary>
    public virtual bool Blocks => false;

    /// <summary>Whether it has a part in a case.</summary>
    public virtual bool Fits(TransportCase measured) => true;

    /// <summary>Gets ready for a case, outside what is measured.</summary>
    public virtual ValueTask PrepareAsync(TransportCase measured) => ValueTask.CompletedTask;

    /// <summary>One call, from the payload in this process to the answer's bytes in it.</summary>
    public abstract ValueTask CallAsync(Exchange exchange);

    /// <summary>What the process used that answers.</summary>
    public abstract ValueTask<ResourceUse> GetServerUseAsync();

    /// <summary>Calls until the slice ends, each caller again as soon as it has its answer.</summary>
    public virtual Task RunAsync(TransportCase measured, SliceClock clock)
        => Task.WhenAll(Enumerable.Range(0, measured.InFlight).Select(_ => Blocks
            ? Task.Factory.StartNew(() => CallAsync(measured.Exchange, clock), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()
            : Task.Run(() => CallAsync(measured.Exchange, clock))));

    public abstract ValueTask DisposeAsync();

    private async Task CallAsync(Exchange exchange, SliceClock clock)
    {
        var started = Stopwatch.GetTimestamp();
        while (clock.GoesOn(started))
        {
            await CallAsync(exchange);
            var ended = Stopwatch.GetTimestamp();
            clock.Record(started, ended);
            started = ended;
        }
    }
}
