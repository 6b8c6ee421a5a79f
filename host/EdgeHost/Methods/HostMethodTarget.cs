using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Methods;

/// <summary>Serves the host's own methods; always ready.</summary>
internal sealed class HostMethodTarget : ICapabilityTarget
{
    public const string Provider = "edgehost";

    private static readonly HashSet<string> NoModels = [];
    private readonly Dictionary<string, HostMethod> _methods;
    private readonly ILogger _logger;

    private HostMethodTarget(IEnumerable<HostMethod> methods, ILogger logger)
    {
        _methods = methods.ToDictionary(method => method.Descriptor.Method);
        _logger = logger;
    }

    /// <summary>Puts the methods into the catalogue.</summary>
    public static void Register(ICapabilityCatalog catalog, IEnumerable<HostMethod> methods, ILogger logger)
    {
        var target = new HostMethodTarget(methods, logger);
        catalog.Replace(
            Provider,
            [.. target._methods.Keys.Select(method => new CapabilityRoute(method, Provider, ProductVersion.Text, target))]);
    }

    public ValueTask<EnteredCapability> EnterAsync(string method, CancellationToken cancellationToken)
    {
        var found = _methods[method];
        return new(new EnteredCapability(found.Descriptor, found.Handler, _logger, NoModels, leave: static () => { }));
    }
}
