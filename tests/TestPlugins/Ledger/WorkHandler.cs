using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Ledger;

/// <summary>Works for a while.</summary>
[Capability(WorkRequest.Method, Summary = "Writes that it began, works, and writes that it ended.")]
internal sealed class WorkHandler : CapabilityHandler<WorkRequest, WorkResponse>
{
    public override async ValueTask<WorkResponse> HandleAsync(WorkRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        LedgerFile.Add(request.Ledger, $"{request.Id} began");
        await Task.Delay(request.Milliseconds, cancellationToken).ConfigureAwait(false);
        LedgerFile.Add(request.Ledger, $"{request.Id} ended");
        return new WorkResponse { Id = request.Id };
    }
}
