using System.Collections.Concurrent;

namespace EdgeHost.Ipc.Calls;

/// <summary>The costs of methods by name; bounded, as clients may call anything. Thread-safe.</summary>
internal sealed class MethodCosts
{
    private const int Most = 1024;

    private readonly ConcurrentDictionary<string, MethodCost> _costs = new(StringComparer.Ordinal);

    /// <summary>The cost of a method; beyond a thousand methods one that nobody else shares.</summary>
    public MethodCost Of(string method)
        => _costs.TryGetValue(method, out var known) ? known
            : _costs.Count >= Most ? new MethodCost()
            : _costs.GetOrAdd(method, static _ => new MethodCost());
}
