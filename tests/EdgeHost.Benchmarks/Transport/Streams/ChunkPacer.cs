using System.Diagnostics;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>Lets each of many links send a chunk every so often, evenly spread, one after the other.</summary>
/// <param name="links">They are sent to in turn.</param>
/// <param name="interval">Between two chunks of a link.</param>
internal sealed class ChunkPacer(IReadOnlyList<ChunkLink> links, TimeSpan interval)
{
    private readonly Task[] _pushes = [.. links.Select(static _ => Task.CompletedTask)];

    /// <summary>Sends for a while; a push that has not ended when the link's next chunk is due is waited for, and what falls due meanwhile is late.</summary>
    public Task RunAsync(TimeSpan length)
        => Task.Run(() => SendAsync(length));

    private async Task SendAsync(TimeSpan length)
    {
        var step = interval.TotalSeconds * Stopwatch.Frequency / links.Count;
        var chunks = (long)(length / interval) * links.Count;
        var start = Stopwatch.GetTimestamp();
        var woken = start;
        for (var i = 0L; i < chunks; i++)
        {
            var due = start + (long)(i * step);
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1);
                woken = Stopwatch.GetTimestamp();
            }

            // Waking late is this thread's fault, not the link's; being held up by a push is.
            var link = (int)(i % links.Count);
            await _pushes[link];
            _pushes[link] = links[link].SendAsync(Math.Max(due, woken)).AsTask();
        }

        await Task.WhenAll(_pushes);
    }
}
