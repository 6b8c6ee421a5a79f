using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.alerts</c>. What is due while nobody follows is said when somebody asks next.</summary>
[Capability(HealthMethods.Alerts, Summary = "Tells a person's alerts as they are raised, those after a given one first.", Example = """{"follow":false}""")]
internal sealed class AlertsHandler(AlertStore store, AlertSignal signal, AlertMessages messages, HealthOptions options, TimeProvider time) : StreamingCapabilityHandler<AlertsRequest, HealthAlert, AlertsResponse>
{
    private const int Page = 100;

    // The clock of a device may be set while it waits.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public override async ValueTask<AlertsResponse> HandleAsync(AlertsRequest request, ItemWriter<HealthAlert> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var types = DataGrants.ReadableNames(context);
        var (last, count) = (request.After, 0L);
        while (true)
        {
            var next = signal.Next;
            var page = await store.ReadAsync(request.Person, last, Page, types, context, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                if (!entry.IsSaid && !request.Changes) continue;
                await items.WriteAsync(messages.ToMessage(entry, language), cancellationToken).ConfigureAwait(false);
                count++;
            }

            last = page.Last;
            if (page.HasMore) continue;
            if (!request.Follow) return new AlertsResponse { Alerts = count, Last = last };
            await WaitAsync(next, page.Due, cancellationToken).ConfigureAwait(false);

            // What the owner has taken back since holds for what comes.
            types = DataGrants.ReadableNames(context);
        }
    }

    private async ValueTask WaitAsync(Task next, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        if (due is not { } at)
        {
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var left = at - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return;
        try
        {
            await next.WaitAsync(left < LongestWait ? left : LongestWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Something is due.
        }
    }
}
