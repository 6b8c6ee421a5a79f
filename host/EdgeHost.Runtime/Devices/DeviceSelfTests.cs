using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Devices;

/// <summary>
/// Runs the engine's self-test on threads of its own, since a broken driver may block for ever. Never two at once on a device: whoever asks meanwhile
/// shares the one that runs, so at most one thread a device is ever held. Thread-safe.
/// </summary>
internal sealed class DeviceSelfTests : IAsyncDisposable
{
    /// <summary>A device that does not answer must not keep the host from stopping; its thread dies with the process.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly IInferenceEngine _engine;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly ILogger<DeviceSelfTests> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Test> _running = new(StringComparer.Ordinal);
    private bool _isDisposed;

    public DeviceSelfTests(IInferenceEngine engine, TimeProvider time, IOptions<EdgeHostRuntimeOptions> options, ILogger<DeviceSelfTests> logger)
    {
        _engine = engine;
        _time = time;
        _limit = options.Value.Devices.SelfTestLimit;
        _logger = logger;
    }

    /// <summary>Tests a device, or joins the test that runs on it. Never throws; completes within the limit.</summary>
    /// <param name="device">The device.</param>
    public async Task<SelfTestResult> RunAsync(DeviceDescription device)
    {
        Test? test;
        var isNew = false;
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            if (_isDisposed) return new SelfTestResult(SelfTestOutcome.Failed, "the host is stopping", TimeSpan.Zero, Task.CompletedTask);
            if (!_running.TryGetValue(device.Id, out test))
            {
                _running.Add(device.Id, test = new Test(device, now));
                isNew = true;
            }
        }

        if (isNew) Start(test);
        var left = _limit - _time.GetElapsedTime(test.Started);
        if (!test.Ended.Task.IsCompleted && left <= TimeSpan.Zero) return NoAnswer(test);
        try
        {
            return await test.Ended.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return NoAnswer(test);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] ends;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            ends = [.. _running.Values.Select(static test => test.Ended.Task)];
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            // The real clock: a test that stops its own clock must still see the host stop.
            await Task.WhenAll(ends).WaitAsync(StopLimit, CancellationToken.None).ConfigureAwait(false);
            _stopping.Dispose();
        }
        catch (TimeoutException)
        {
            _logger.LogWarning("A device's self-test did not end within {Limit} of being told to stop; its thread is left behind.", StopLimit);
        }
    }

    private void Start(Test test)
    {
        var thread = new Thread(() => Run(test)) { IsBackground = true, Name = $"self-test {test.Device.Id}" };
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException e)
        {
            // The system gave no thread.
            _logger.LogWarning(e, "No thread could be started to test {Device}.", test.Device.Id);
            End(test, SelfTestOutcome.Failed, "no thread could be started for its self-test");
        }
    }

    private void Run(Test test)
    {
        try
        {
            _engine.SelfTest(test.Device, _stopping.Token);
            End(test, SelfTestOutcome.Passed, "its self-test passed");
        }
        catch (OperationCanceledException)
        {
            End(test, SelfTestOutcome.Failed, "its self-test was stopped");
        }
        catch (EdgeHostException e)
        {
            End(test, SelfTestOutcome.Failed, $"its self-test failed: {e.Message.TrimEnd('.')}");
        }
#pragma warning disable CA1031 // The boundary to the engine, on a thread whose exceptions would end the process. Logged and mapped.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "The self-test of {Device} failed in the engine.", test.Device.Id);
            End(test, SelfTestOutcome.Failed, "its self-test failed in the engine; the log has more");
        }
    }

    private void End(Test test, SelfTestOutcome outcome, string text)
    {
        lock (_gate)
        {
            _running.Remove(test.Device.Id);
        }

        test.Ended.TrySetResult(new SelfTestResult(outcome, text, _time.GetElapsedTime(test.Started), Task.CompletedTask));
    }

    private SelfTestResult NoAnswer(Test test)
    {
        var time = _time.GetElapsedTime(test.Started);
        return new SelfTestResult(SelfTestOutcome.NoAnswer, $"its self-test has not answered for {Durations.Text(time)}", time, test.Ended.Task);
    }

    private sealed class Test(DeviceDescription device, long started)
    {
        public DeviceDescription Device => device;

        public long Started => started;

        public TaskCompletionSource<SelfTestResult> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
