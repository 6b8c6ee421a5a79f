using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>A handler that stays loaded until this is disposed. One call, one owner; disposing twice is harmless.</summary>
public sealed class EnteredCapability : IDisposable
{
    private Action? _leave;

    /// <summary>Creates an entry.</summary>
    /// <param name="descriptor">What the capability is.</param>
    /// <param name="handler">Who serves it.</param>
    /// <param name="logger">The provider's logger.</param>
    /// <param name="allowedModels">Ids of models the provider may lease; null for no limit.</param>
    /// <param name="leave">Called once at the end.</param>
    public EnteredCapability(
        CapabilityDescriptor descriptor,
        ICapabilityHandler handler,
        ILogger logger,
        IReadOnlySet<string>? allowedModels,
        Action leave)
    {
        Descriptor = descriptor;
        Handler = handler;
        Logger = logger;
        AllowedModels = allowedModels;
        _leave = leave;
    }

    /// <summary>What the capability is.</summary>
    public CapabilityDescriptor Descriptor { get; }

    /// <summary>Who serves it.</summary>
    public ICapabilityHandler Handler { get; }

    /// <summary>The provider's logger.</summary>
    public ILogger Logger { get; }

    /// <summary>Ids of models the provider may lease; null for no limit.</summary>
    public IReadOnlySet<string>? AllowedModels { get; }

    /// <summary>Cancelled when the provider goes without waiting for this call any longer: what the call still holds is taken from it. Default: never.</summary>
    public CancellationToken Abandoned { get; init; }

    /// <summary>Told how many leases the call did not dispose, after they were taken back; never with 0. Default: nobody is told.</summary>
    public Action<int>? LeasesReclaimed { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
