using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

/// <summary>A question for a device. Immutable.</summary>
public sealed class PlacementRequest
{
    /// <summary>The model.</summary>
    public required ModelArtifact Artifact { get; init; }

    /// <summary>On whose account it runs: an integrator may set a policy for an app.</summary>
    public required AppIdentity App { get; init; }

    /// <summary>What it would cost on a device; asked only where there is a choice.</summary>
    public required Func<DeviceDescription, PlacementCost> Cost { get; init; }

    /// <summary>When the step's result becomes worthless, or null: a device that would miss it is passed over where another would not.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Ids of devices that failed this step already; null for none.</summary>
    public IReadOnlySet<string>? Excluded { get; init; }
}
