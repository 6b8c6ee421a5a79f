using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Engines;

/// <summary>Runs graphs. The one implementation in the product wraps ONNX Runtime; tests have their own. Thread-safe.</summary>
public interface IInferenceEngine
{
    /// <summary>The devices it can run on; the processor is always there. The first call may load native libraries.</summary>
    IReadOnlyList<DeviceDescription> GetDevices();

    /// <summary>Loads a model on a device.</summary>
    /// <param name="artifact">The model's files.</param>
    /// <param name="device">One of <see cref="GetDevices"/>.</param>
    /// <param name="cancellationToken">Aborts the load.</param>
    /// <exception cref="DeviceFaultException">The device failed.</exception>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not a model this engine can load.</exception>
    ValueTask<IEngineSession> LoadAsync(ModelArtifact artifact, DeviceDescription device, CancellationToken cancellationToken);

    /// <summary>Loads and runs a tiny graph of the engine's own on a device, and checks its result. Blocks the calling thread.</summary>
    /// <param name="device">One of <see cref="GetDevices"/>.</param>
    /// <param name="cancellationToken">Stops it where the device allows.</param>
    /// <exception cref="DeviceFaultException">The device failed or computed something wrong.</exception>
    void SelfTest(DeviceDescription device, CancellationToken cancellationToken);
}
