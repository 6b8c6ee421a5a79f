using System.Collections.Frozen;

namespace EdgeHost.Runtime.Dispatch;

internal sealed class CapabilityCatalog : ICapabilityCatalog
{
    private readonly Lock _gate = new();
    private volatile Table _table = new(FrozenDictionary<string, CapabilityRoute>.Empty, []);

    public IReadOnlyList<CapabilityRoute> Routes => _table.Sorted;

    public CapabilityRoute? Find(string method) => _table.ByMethod.GetValueOrDefault(method);

    public void Replace(string provider, IReadOnlyList<CapabilityRoute> routes)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(routes);
        lock (_gate)
        {
            var next = _table.Sorted.Where(route => route.Provider != provider).ToDictionary(route => route.Method, StringComparer.Ordinal);
            foreach (var route in routes)
            {
                if (route.Provider != provider)
                {
                    throw new ArgumentException($"The route of '{route.Method}' names provider '{route.Provider}', not '{provider}'.", nameof(routes));
                }

                if (!next.TryAdd(route.Method, route))
                {
                    throw new EdgeHostException(
                        ErrorCode.AlreadyExists, $"'{route.Method}' of '{provider}' is served by '{next[route.Method].Provider}' already; nothing was changed.");
                }
            }

            _table = new Table(
                next.ToFrozenDictionary(StringComparer.Ordinal), [.. next.Values.OrderBy(route => route.Method, StringComparer.Ordinal)]);
        }
    }

    private sealed record Table(FrozenDictionary<string, CapabilityRoute> ByMethod, CapabilityRoute[] Sorted);
}
