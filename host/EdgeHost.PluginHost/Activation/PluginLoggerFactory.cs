using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>
/// Gives a plugin loggers of the host, named <c>plugin-id/category</c>. The host's factory keeps every category for ever, so a plugin gets
/// a bounded number of its own and then shares one. Thread-safe.
/// </summary>
internal sealed class PluginLoggerFactory(ILoggerFactory host, string pluginId) : ILoggerFactory
{
    private const int MaxCategories = 256;
    private const int MaxCategoryLength = 256;
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    /// <summary>The logger of the plugin as a whole.</summary>
    public ILogger Root { get; } = host.CreateLogger(pluginId);

    public ILogger CreateLogger(string categoryName)
    {
        if (_loggers.TryGetValue(categoryName, out var known)) return known;
        if (categoryName.Length > MaxCategoryLength || _loggers.Count >= MaxCategories) return Root;
        return _loggers.GetOrAdd(categoryName, static (name, state) => state.Host.CreateLogger($"{state.Id}/{name}"), (Host: host, Id: pluginId));
    }

    /// <summary>Where logs go is the integrator's decision, not a plugin's.</summary>
    public void AddProvider(ILoggerProvider provider)
        => throw new NotSupportedException("A plugin cannot add logger providers to the host.");

    public void Dispose()
    {
        // The host's factory is not ours to dispose.
    }
}
