using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Runtime.Tests.Dispatch;

/// <summary>A capability whose handler is the test's own function; counts who is inside.</summary>
internal sealed class TestCapability : ICapabilityTarget, ICapabilityHandler
{
    private readonly Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> _handle;
    private int _inside;
    private int _calls;
    private int _reclaimed;

    public TestCapability(Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> handle) => _handle = handle;

    public CapabilityKind Kind { get; init; }

    public bool ResolvesReferences { get; init; }

    public IReadOnlySet<string>? AllowedModels { get; init; }

    public IReadOnlySet<string> AllowedTasks { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> AllowedCalls { get; init; } = new HashSet<string>();

    public EdgeHostException? EnterFailure { get; init; }

    public CancellationToken Abandoned { get; init; }

    public int Inside => Volatile.Read(ref _inside);

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Leases that its calls did not dispose, as told by the dispatcher.</summary>
    public int ReclaimedLeases => Volatile.Read(ref _reclaimed);

    public CapabilityRoute Route(string method, string provider = "tests") => new(method, provider, "1.0", this);

    public ValueTask<ServedCapability> EnterAsync(string method, CancellationToken cancellationToken)
    {
        if (EnterFailure is { } failure) throw failure;
        Interlocked.Increment(ref _inside);
        var descriptor = new CapabilityDescriptor { Method = method, Kind = Kind, ResolvesReferences = ResolvesReferences };
        return ValueTask.FromResult(
            new ServedCapability(descriptor, this, NullLogger.Instance, AllowedModels, () => Interlocked.Decrement(ref _inside))
            {
                AllowedTasks = AllowedTasks,
                AllowedCalls = AllowedCalls,
                Abandoned = Abandoned,
                LeasesReclaimed = leases => Interlocked.Add(ref _reclaimed, leases),
            });
    }

    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return _handle(context, response, cancellationToken);
    }
}
