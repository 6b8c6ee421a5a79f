using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Ledger;

/// <summary>Holds what a call can hold, and counts until somebody stops it.</summary>
[Capability(FollowRequest.Method, Summary = "Leases a model and counts until it is cancelled.")]
internal sealed class FollowHandler : StreamingCapabilityHandler<FollowRequest, FollowItem, FollowItem>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public override async ValueTask<FollowItem> HandleAsync(
        FollowRequest request, ItemWriter<FollowItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await context.Models.LeaseAsync(request.Model, cancellationToken).ConfigureAwait(false);
            LedgerFile.Add(request.Ledger, "follow began");
            for (var count = 0L; ; count++)
            {
                await items.WriteAsync(new FollowItem { Count = count, Bytes = request.Payload.Length }, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            LedgerFile.Add(request.Ledger, "follow ended");
        }
    }
}
