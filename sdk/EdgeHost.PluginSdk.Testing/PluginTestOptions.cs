using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginSdk.Testing;

/// <summary>The surroundings of a plugin under test. Every member has a default that suits a plugin without models.</summary>
public sealed class PluginTestOptions
{
    /// <summary>The plugin's id.</summary>
    public string PluginId { get; init; } = "test.plugin";

    /// <summary>The folder the plugin believes it was loaded from; the test's output folder by default.</summary>
    public string PluginFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The plugin's settings as flat <c>a:b</c> keys.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gives the leases that handlers ask for. The default answers every model with <see cref="ErrorCode.NotFound"/>.</summary>
    public IModelProvider Models { get; init; } = new NoModels();

    /// <summary>Trains networks; null: a host that does not train.</summary>
    public ITrainer? Trainer { get; init; }

    /// <summary>Calls other plugins; null: a host in which plugins call nobody.</summary>
    public ICapabilityCaller? Calls { get; init; }

    /// <summary>The plugin's clock; a fake one makes time stand still.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes what the plugin logs; null for nobody.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>
    /// The manifest's capabilities. If not null, a plugin that registers a method outside the list, or none for one inside it, fails
    /// to start as it would in the host.
    /// </summary>
    public IReadOnlyList<string>? ManifestCapabilities { get; init; }
}
