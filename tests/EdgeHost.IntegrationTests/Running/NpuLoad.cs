using System.Collections.Concurrent;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Apps that call without a pause, and where their calls ran. Thread-safe. Disposing stops them.</summary>
internal sealed class NpuLoad : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _callers;
    private bool _isStopping;
    private long _onNpu;
    private long _onProcessor;

    /// <summary>Starts them.</summary>
    /// <param name="clients">The apps.</param>
    /// <param name="callersEach">Calls that each has under way.</param>
    /// <param name="model">The model that they run.</param>
    public NpuLoad(IReadOnlyList<RunnerClient> clients, int callersEach, string model)
        => _callers = Task.WhenAll(clients.SelectMany(client => Enumerable.Range(0, callersEach).Select(_ => Task.Run(() => CallAsync(client, model)))));

    /// <summary>Calls whose steps all ran on the NPU.</summary>
    public long OnNpu => Volatile.Read(ref _onNpu);

    /// <summary>Calls with a step on the processor.</summary>
    public long OnProcessor => Volatile.Read(ref _onProcessor);

    /// <summary>What failed calls said; stays empty where all went well.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Lets the calls under way end and begins no more.</summary>
    public async Task StopAsync()
    {
        Volatile.Write(ref _isStopping, true);
        await _callers;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task CallAsync(RunnerClient client, string model)
    {
        while (!Volatile.Read(ref _isStopping))
        {
            try
            {
                var response = await client.RunAsync(model, steps: 2, cancellationToken: CancellationToken.None);
                if (response.Devices.All(static device => device == "npu0")) Interlocked.Increment(ref _onNpu);
                else Interlocked.Increment(ref _onProcessor);
            }
            catch (EdgeHostException e)
            {
                _failures.Enqueue($"{e.Code}: {e.Message}");
                return;
            }
        }
    }
}
