using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.PluginHost.Tests.Support;

internal sealed class TestCall(string method, ReadOnlyMemory<byte> body, Func<byte[], CancellationToken, Task>? sink, IAsyncEnumerable<ReadOnlyMemory<byte>>? pushes = null) : CapabilityContext
{
    public override string Method => method;

    public override AppIdentity App => AppIdentity.Host;

    public override ReadOnlyMemory<byte> Body => body;

    public override CallPriority Priority => CallPriority.Normal;

    public override DateTimeOffset? Deadline => null;

    public override string? TraceParent => null;

    public override IModelProvider Models => throw new NotSupportedException();

    public override ILogger Logger => NullLogger.Instance;

    public override IAsyncEnumerable<ReadOnlyMemory<byte>> ReadItemsAsync(CancellationToken cancellationToken) => pushes ?? base.ReadItemsAsync(cancellationToken);

    public override async ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        if (sink is not null) await sink(item.ToArray(), cancellationToken);
    }
}
