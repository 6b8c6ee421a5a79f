using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>One run of one session as the scheduler sees it. Immutable.</summary>
public sealed class StepRequest
{
    /// <summary>The device that the session is loaded on.</summary>
    public required DeviceDescription Device { get; init; }

    /// <summary>The loaded graph; the caller keeps it alive until the step ends.</summary>
    public required IEngineSession Session { get; init; }

    /// <summary>Inputs, wanted outputs, and whether it may be stopped and run again.</summary>
    public required ModelStep Step { get; init; }

    /// <summary>The model as <c>id@version</c>, for figures and messages.</summary>
    public required string Model { get; init; }

    /// <summary>On whose account it runs.</summary>
    public required AppIdentity App { get; init; }

    /// <summary>Is told what it cost, or null for nobody.</summary>
    public IDeviceTimeAccount? Account { get; init; }

    /// <summary>Its class.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>How it may be joined with others of the same model, or null if never.</summary>
    public ModelBatching? Batching { get; init; }

    /// <summary>When its result becomes worthless, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
