using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.PluginHost.Tests.Support;

/// <summary>A clock that a test drives and that says when somebody began to wait, so that the test does not advance it too early.</summary>
internal sealed class SignallingTimeProvider : FakeTimeProvider
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TimeSpan, TaskCompletionSource> _waits = [];

    public SignallingTimeProvider()
        : base(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Completes when somebody waits for exactly this long, also if that was before.</summary>
    public Task WaitBegun(TimeSpan dueTime) => Signal(dueTime).Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Signal(dueTime).TrySetResult();
        return timer;
    }

    private TaskCompletionSource Signal(TimeSpan dueTime)
    {
        lock (_gate)
        {
            if (!_waits.TryGetValue(dueTime, out var signal))
            {
                signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add(dueTime, signal);
            }

            return signal;
        }
    }
}
