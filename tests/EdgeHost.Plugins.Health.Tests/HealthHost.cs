using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Tests;

/// <summary>Runs the plugin with what its manifest says.</summary>
internal static class HealthHost
{
    public static Task<PluginTestHost> StartAsync(TimeProvider? time = null, IReadOnlyDictionary<string, string>? settings = null) => PluginTestHost.StartAsync(
        new HealthPlugin(),
        new PluginTestOptions
        {
            PluginId = "edgehost.health",
            Time = time ?? TimeProvider.System,
            Settings = settings ?? new Dictionary<string, string>(),
            ManifestCapabilities = ManifestCapabilities(),
        });

    public static IReadOnlyList<string> ManifestCapabilities()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "plugins", "Health", "plugin.json")));
        return [.. manifest.RootElement.GetProperty("capabilities").EnumerateArray().Select(static name => name.GetString()!)];
    }

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pushes<T>(IEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : IWireMessage<T>
    {
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return WireMessageSerializer.ToArray(item);
            await Task.Yield();
        }
    }
}
