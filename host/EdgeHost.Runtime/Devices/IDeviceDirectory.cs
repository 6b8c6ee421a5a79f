using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

/// <summary>The devices of this machine and which of them a model goes to. Thread-safe. Asks the engine at the first use, not before.</summary>
public interface IDeviceDirectory
{
    /// <summary>All devices; the processor is always there. The first read may load native libraries.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the engine cannot start.</exception>
    IReadOnlyList<DeviceDescription> Devices { get; }

    /// <summary>The first device of the kinds that the model prefers, best first; the processor where none of them is there.</summary>
    /// <param name="artifact">The model.</param>
    DeviceDescription Place(ModelArtifact artifact);

    /// <summary>Why <see cref="Place"/> gives this device, in words for a person.</summary>
    /// <param name="artifact">The model.</param>
    /// <param name="device">What <see cref="Place"/> gave.</param>
    string Explain(ModelArtifact artifact, DeviceDescription device);
}
