using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Methods;

/// <summary>Serves the host's own methods; always ready.</summary>
internal sealed class HostMethodTarget : ICapabilityTarget
{
    public const string Provider = "edgehost";

    private static readonly HashSet<string> NoModels = [];
    private readonly Dictionary<string, ServedCapability> _methods;

    private HostMethodTarget(IEnumerable<HostMethod> methods, ILogger logger)
    {
        _methods = methods.ToDictionary(
            method => method.Descriptor.Method, method => new ServedCapability(method.Descriptor, method.Handler, logger, method.LeasesModels ? null : NoModels, leave: static () => { }));
    }

    /// <summary>Puts the methods into the catalogue.</summary>
    public static void Register(ICapabilityCatalog catalog, IEnumerable<HostMethod> methods, ILogger logger)
    {
        var target = new HostMethodTarget(methods, logger);
        catalog.Replace(
            Provider,
            [.. target._methods.Keys.Select(method => new CapabilityRoute(method, Provider, ProductVersion.Text, target))]);
    }

    public ValueTask<ServedCapability> EnterAsync(string method, CancellationToken cancellationToken) => new(_methods[method]);
}
