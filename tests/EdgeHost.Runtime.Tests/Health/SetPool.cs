using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Health;

/// <summary>A pool whose probes the test sets.</summary>
internal sealed class SetPool : IModelPool
{
    private int _probes;

    public IReadOnlyList<ModelProbeResult> Results { get; set; } = [];

    public TaskCompletionSource<IReadOnlyList<ModelProbeResult>>? Hang { get; set; }

    public int Probes => Volatile.Read(ref _probes);

    public IModelProvider ForCall(CallScope scope) => throw new NotSupportedException();

    public ModelPoolSnapshot Snapshot() => throw new NotSupportedException();

    public ValueTask<int> EvictAsync(string model, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask PinAsync(string model, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool Unpin(string model, string owner) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ModelProbeResult>> ProbeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probes);
        return Hang is { } hang ? new(hang.Task) : new(Results);
    }
}
