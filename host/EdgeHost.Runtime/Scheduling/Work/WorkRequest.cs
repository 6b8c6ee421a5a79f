using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Scheduling.Work;

/// <summary>A piece of work of the host's own that is no run of a model, as the scheduler sees it. Immutable.</summary>
public sealed class WorkRequest
{
    /// <summary>The device whose time it takes.</summary>
    public required DeviceDescription Device { get; init; }

    /// <summary>What it is, for figures and messages, and by which its run time is learned.</summary>
    public required string Name { get; init; }

    /// <summary>On whose account it runs.</summary>
    public required AppIdentity App { get; init; }

    /// <summary>
    /// Does it, on a thread of the device. Where its token is cancelled it should return soon: with what it has done so far, or, having done nothing,
    /// with an <see cref="OperationCanceledException"/>, after which it may be called again.
    /// </summary>
    public required Action<CancellationToken> Work { get; init; }

    /// <summary>Is told what it cost, or null for nobody.</summary>
    public IDeviceTimeAccount? Account { get; init; }

    /// <summary>Its class. Default: training, the lowest.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Training;

    /// <summary>Whether it heeds its token and may be called again. Default: true; false for what has to run through.</summary>
    public bool IsRepeatable { get; init; } = true;
}
