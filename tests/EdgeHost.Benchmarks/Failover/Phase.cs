using System.Diagnostics;
using EdgeHost.Benchmarks.Hosts;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Failover;

/// <summary>The calls that began in one phase of a device's life. Thread-safe.</summary>
internal sealed class Phase
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _npuUsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _calls;
    private long _steps;
    private long _npuSteps;

    /// <summary>Calls that ended with an error, whatever it was.</summary>
    public long Failed { get; private set; }

    /// <summary>The first error, or null.</summary>
    public string? Failure { get; private set; }

    public TimeSpan Longest { get; private set; }

    public double NpuShare => _steps == 0 ? 0 : (double)_npuSteps / _steps;

    /// <summary>Completes with the first call whose last step ran on the NPU.</summary>
    public Task NpuUsed => _npuUsed.Task;

    public async Task CallAsync(ModelClient client, RunRequest request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await client.RunAsync(request, CallPriority.Normal, cancellationToken);
            Count(response, Stopwatch.GetElapsedTime(started));
        }
        catch (EdgeHostException e)
        {
            lock (_gate)
            {
                Failed++;
                Failure ??= $"{e.Code}: {e.Message}";
            }
        }
    }

    public void Add(Phase other)
    {
        _calls += other._calls;
        _steps += other._steps;
        _npuSteps += other._npuSteps;
        Failed += other.Failed;
        Failure ??= other.Failure;
        Longest = other.Longest > Longest ? other.Longest : Longest;
    }

    public void Print(string title)
        => Console.WriteLine($"  {title,-10} {_calls,6} calls, {Failed} failed, {NpuShare,6:P1} of their steps on the NPU, longest {Longest.TotalMilliseconds:F0} ms");

    private void Count(RunResponse response, TimeSpan time)
    {
        lock (_gate)
        {
            _calls++;
            _steps += response.Devices.Count;
            _npuSteps += response.Devices.Count(IsNpu);
            if (time > Longest) Longest = time;
        }

        if (IsNpu(response.Devices[^1])) _npuUsed.TrySetResult();
    }

    private static bool IsNpu(string device) => device.StartsWith("npu", StringComparison.Ordinal);
}
