using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Says what the process has used.</summary>
[Capability("transport.usage", Summary = "Says what the process has allocated and computed.")]
public sealed class UsageHandler : CapabilityHandler<UsageRequest, UsageResponse>
{
    public override ValueTask<UsageResponse> HandleAsync(UsageRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => new(new UsageResponse
        {
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: false),
            CpuMicroseconds = (long)Environment.CpuUsage.TotalTime.TotalMicroseconds,
        });
}
