using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Batching;

/// <summary>One host with its clients and what was measured on it.</summary>
internal sealed class BatchingHost : IAsyncDisposable
{
    public const int Clients = 32;

    private readonly Lock _gate = new();
    private readonly ModelHost _host;
    private readonly RunRequest _request;
    private readonly List<ModelClient> _clients = [];
    private TimeSpan _time;
    private long _steps;

    private BatchingHost(ModelHost host, RunRequest request)
    {
        _host = host;
        _request = request;
    }

    public Samples Calls { get; } = new();

    public int LargestBatch { get; private set; }

    public double StepsASecond => _steps / _time.TotalSeconds;

    public static async Task<BatchingHost> StartAsync(
        BenchmarkModel model, RunRequest request, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var host = new BatchingHost(await ModelHost.StartAsync(new ModelHostOptions { Models = [model], Settings = settings }, cancellationToken), request);
        try
        {
            for (var i = 0; i < Clients; i++) host._clients.Add(await host._host.ConnectAsync($"client-{i}", cancellationToken));
            await ClosedLoad.RunAsync(Clients, (i, token) => host._clients[i].RunAsync(request, CallPriority.Normal, token), TimeSpan.FromSeconds(2), cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>All clients call for a while; what has ended by then counts.</summary>
    public async Task MeasureAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var ended = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await ClosedLoad.RunAsync(Clients, (i, token) => CallAsync(_clients[i], ended, token), duration, cancellationToken);
        _time += duration;

        // Asked of a few calls only: explaining costs, and it would cost both sides differently.
        var explained = await Task.WhenAll(_clients.Select(client => client.ExplainAsync(_request, cancellationToken)));
        LargestBatch = Math.Max(LargestBatch, explained.Max(static answer => answer.Info.Batch));
    }

    public void Print(string title)
        => Console.WriteLine($"  {title,-8} {StepsASecond,7:F0} steps a second   call p50 {Calls.Median,7:F1} ms   p99 {Calls.Percentile(0.99),7:F1} ms   {Calls.Count} calls");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _host.DisposeAsync();
    }

    private async Task CallAsync(ModelClient client, long ended, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await client.RunAsync(_request, CallPriority.Normal, cancellationToken);
        var now = Stopwatch.GetTimestamp();
        if (now > ended) return;
        lock (_gate)
        {
            Calls.Add(Stopwatch.GetElapsedTime(began, now));
            _steps += _request.Steps;
        }
    }
}
