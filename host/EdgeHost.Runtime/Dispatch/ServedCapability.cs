using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// A capability and who serves it, the same object for all its calls. Whoever gets it from <see cref="ICapabilityTarget.EnterAsync"/> is inside: the
/// handler stays loaded until he calls <see cref="Leave"/>, once. Thread-safe.
/// </summary>
/// <param name="descriptor">What the capability is.</param>
/// <param name="handler">Who serves it.</param>
/// <param name="logger">The provider's logger.</param>
/// <param name="allowedModels">Ids of models the provider may lease; null for no limit.</param>
/// <param name="leave">Called once at the end of each call.</param>
public sealed class ServedCapability(
    CapabilityDescriptor descriptor,
    ICapabilityHandler handler,
    ILogger logger,
    IReadOnlySet<string>? allowedModels,
    Action leave)
{
    private static readonly IReadOnlySet<string> NoCalls = new HashSet<string>();

    /// <summary>What the capability is.</summary>
    public CapabilityDescriptor Descriptor => descriptor;

    /// <summary>Who serves it.</summary>
    public ICapabilityHandler Handler => handler;

    /// <summary>The provider's logger.</summary>
    public ILogger Logger => logger;

    /// <summary>Ids of models the provider may lease; null for no limit.</summary>
    public IReadOnlySet<string>? AllowedModels => allowedModels;

    /// <summary>Tasks whose models the provider may list and lease besides. Default: none; without meaning where there is no limit of models.</summary>
    public IReadOnlySet<string> AllowedTasks { get; init; } = CallScope.NoTasks;

    /// <summary>Methods that the provider may call for apps. Default: none.</summary>
    public IReadOnlySet<string> AllowedCalls { get; init; } = NoCalls;

    /// <summary>Cancelled when the provider goes without waiting for its calls any longer: what they still hold is taken from them. Default: never.</summary>
    public CancellationToken Abandoned { get; init; }

    /// <summary>Told how many leases a call did not dispose, after they were taken back; never with 0. Default: nobody is told.</summary>
    public Action<int>? LeasesReclaimed { get; init; }

    /// <summary>Ends one call's stay.</summary>
    public void Leave() => leave();
}
