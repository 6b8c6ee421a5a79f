using EdgeHost.Runtime.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Devices;

/// <summary>A device with what ONNX Runtime needs to load on it. Immutable.</summary>
/// <param name="Description">What the rest of the host knows.</param>
/// <param name="ProviderDevice">ONNX Runtime's device; null for the processor.</param>
internal sealed record OnnxDevice(DeviceDescription Description, OrtEpDevice? ProviderDevice)
{
    /// <summary>The options that the integrator gave for its provider.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The options as one line, in a fixed order.</summary>
    public string OptionsText => string.Join(',', Options.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Hardware, provider version and driver version: what a compiled form depends on. Empty for the processor.</summary>
    public string Identity
    {
        get
        {
            if (ProviderDevice is not { } device) return string.Empty;
            var hardware = device.HardwareDevice;
            var metadata = device.EpMetadata.Entries;
            return $"{hardware.Type} {hardware.VendorId:x}:{hardware.DeviceId:x} version {Find("version")} driver {Find("os_driver_version")}";

            string Find(string key) => metadata.TryGetValue(key, out var value) ? value : "?";
        }
    }
}
