using System.Diagnostics;
using EdgeHost.Client;

namespace TeachMyDevice;

/// <summary>Another app, with a connection of its own, that asks the device small things all the time and measures how long it waits.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private readonly EdgeHostClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _waits = [];
    private readonly Lock _gate = new();
    private readonly Task _work;

    private Neighbour(EdgeHostClient client)
    {
        _client = client;
        _work = Task.Run(WorkAsync, _stop.Token);
    }

    public static async Task<Neighbour> StartAsync() => new(await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "neighbour" }));

    /// <summary>The median and the 99th percentile of its waits since the last time, in milliseconds, and how many there were.</summary>
    public (double Median, double Late, int Count) Take()
    {
        lock (_gate)
        {
            double[] waits = [.. _waits.Order()];
            _waits.Clear();
            return waits.Length == 0 ? (0, 0, 0) : (waits[waits.Length / 2], waits[waits.Length * 99 / 100], waits.Length);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await _client.Language.AnalyzeSentimentAsync("What a lovely morning, everything works today.", cancellationToken: _stop.Token);
            lock (_gate) _waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(20, _stop.Token);
        }
    }
}
