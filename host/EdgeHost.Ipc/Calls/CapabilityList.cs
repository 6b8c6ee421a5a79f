using EdgeHost.Protocol;
using EdgeHost.Protocol.Messages;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;

namespace EdgeHost.Ipc.Calls;

/// <summary>Lists methods. A provider that is not running and not known from before is started for it; one that cannot start is listed with the reason.</summary>
internal static class CapabilityList
{
    /// <param name="catalog">Who serves what.</param>
    /// <param name="access">What the app may call.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Stops waiting for starts.</param>
    public static async ValueTask<CapabilitiesResponse> CreateAsync(ICapabilityCatalog catalog, AppSession access, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var method = CapabilitiesRequest.Read(body).Method;
        var entries = new List<CapabilityEntry>();
        foreach (var route in catalog.Routes.Where(route => method is null || route.Method == method))
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
            var descriptor = await route.Target.DescribeAsync(route.Method, cancellationToken).ConfigureAwait(false);
            return entry with
            {
                Kind = descriptor.Kind,
                Version = descriptor.Version,
                Summary = descriptor.Summary,
                Models = descriptor.Models,
                Tasks = descriptor.Tasks,
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
