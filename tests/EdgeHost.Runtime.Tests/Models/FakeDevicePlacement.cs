using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>The first device in the order given that works and is not excluded; or the cheapest.</summary>
internal sealed class FakeDevicePlacement(IDeviceDirectory directory, IDeviceHealth health) : IDevicePlacement
{
    /// <summary>Costs as last asked, by device; asked only where <see cref="TakesCheapest"/>.</summary>
    public Dictionary<string, PlacementCost> Costs { get; } = new(StringComparer.Ordinal);

    public bool TakesCheapest { get; set; }

    /// <summary>What a call waits for after its version was chosen, by the version; nothing by default.</summary>
    public Func<string, Task> OnPrepare { get; set; } = static _ => Task.CompletedTask;

    public ValueTask PrepareAsync(ModelArtifact artifact, AppIdentity app, CancellationToken cancellationToken) => new(OnPrepare(artifact.Version));

    public Placement Choose(PlacementRequest request)
    {
        var usable = directory.Devices.Where(device => health.IsUsable(device.Id) && request.Excluded?.Contains(device.Id) != true).ToList();
        if (usable.Count == 0) throw new EdgeHostException(ErrorCode.Unavailable, "No device is usable now.");
        if (TakesCheapest) usable.Sort((x, y) => Cost(x).CompareTo(Cost(y)));
        return new Placement(usable[0], $"{usable[0].Id}: chosen by the test", usable.Count > 1);

        TimeSpan Cost(DeviceDescription device)
        {
            var cost = Costs[device.Id] = request.Cost(device);
            return cost.Queue + cost.Load + (cost.Run ?? TimeSpan.Zero);
        }
    }
}
