using EdgeHost.Protocol;
using EdgeHost.Protocol.Messages;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;

namespace EdgeHost.Ipc.Calls;

/// <summary>Lists all methods. A provider that is not running is started for it; one that cannot start is listed with the reason.</summary>
internal static class CapabilityList
{
    public static async ValueTask<CapabilitiesResponse> CreateAsync(ICapabilityCatalog catalog, AppSession access, CancellationToken cancellationToken)
    {
        var entries = new List<CapabilityEntry>();
        foreach (var route in catalog.Routes)
        {
            var entry = await DescribeAsync(route, cancellationToken).ConfigureAwait(false);
            entries.Add(access.Allows(route.Method) ? entry : entry with { Unavailable = "The app may not call it; the device's owner can allow it." });
        }

        return new CapabilitiesResponse(entries);
    }

    private static async ValueTask<CapabilityEntry> DescribeAsync(CapabilityRoute route, CancellationToken cancellationToken)
    {
        var entry = new CapabilityEntry { Method = route.Method, Plugin = route.Provider, PluginVersion = route.ProviderVersion };
        try
        {
            var served = await route.Target.EnterAsync(route.Method, cancellationToken).ConfigureAwait(false);
            served.Leave();
            var descriptor = served.Descriptor;
            return entry with
            {
                Kind = descriptor.Kind,
                Version = descriptor.Version,
                Summary = descriptor.Summary,
                Models = descriptor.Models,
                RequestSchema = descriptor.RequestSchema,
                ResponseSchema = descriptor.ResponseSchema,
                ItemSchema = descriptor.ItemSchema,
                PushSchema = descriptor.PushSchema,
                Example = descriptor.ExampleRequest,
            };
        }
        catch (EdgeHostException e)
        {
            return entry with { Unavailable = e.Message };
        }
    }
}
