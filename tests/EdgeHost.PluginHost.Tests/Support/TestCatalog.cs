using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.PluginHost.Tests.Support;

/// <summary>A catalogue that does what the interface says and remembers how often it changed.</summary>
internal sealed class TestCatalog : ICapabilityCatalog
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<CapabilityRoute> _routes = [];

    public int Changes { get; private set; }

    public IReadOnlyList<CapabilityRoute> Routes => _routes;

    public CapabilityRoute? Find(string method) => _routes.FirstOrDefault(route => route.Method == method);

    public void Replace(string provider, IReadOnlyList<CapabilityRoute> routes)
    {
        lock (_gate)
        {
            var others = _routes.Where(route => route.Provider != provider).ToList();
            foreach (var route in routes)
            {
                if (others.FirstOrDefault(other => other.Method == route.Method) is { } taken)
                {
                    throw new EdgeHostException(ErrorCode.AlreadyExists, $"'{route.Method}' is served by '{taken.Provider}'.");
                }
            }

            _routes = [.. others.Concat(routes).OrderBy(route => route.Method, StringComparer.Ordinal)];
            Changes++;
        }
    }
}
