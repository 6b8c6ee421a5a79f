using System.Reflection;
using EdgeHost.PluginHost.Descriptions;
using EdgeHost.PluginHost.Loading;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>What all plugins of a host have in common. Immutable.</summary>
/// <param name="Options">Directories, time-outs and limits.</param>
/// <param name="Catalog">Where plugins' methods are announced.</param>
/// <param name="ShadowCopies">Where folders are copied to before they are loaded.</param>
/// <param name="Shared">The assemblies that plugins get from the host.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">The host's loggers.</param>
/// <param name="FullCollections">How many full garbage collections there were.</param>
internal sealed record PluginHostContext(
    PluginHostOptions Options,
    ICapabilityCatalog Catalog,
    ShadowCopies ShadowCopies,
    Lazy<IReadOnlyList<AssemblyName>> Shared,
    TimeProvider Time,
    ILoggerFactory Loggers,
    Func<int> FullCollections)
{
    /// <summary>Checks what plugins want to learn from feedback; null where nothing does.</summary>
    public IPersonalisationCheck? PersonalisationCheck { get; init; }

    /// <summary>What is known of plugins that were started before.</summary>
    public DescriptionStore Descriptions { get; } = new(Options, Loggers.CreateLogger<DescriptionStore>());
}
