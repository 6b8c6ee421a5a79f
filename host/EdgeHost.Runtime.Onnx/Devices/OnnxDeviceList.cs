using System.Globalization;
using EdgeHost.Runtime.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Devices;

/// <summary>Turns what ONNX Runtime reports into devices with stable names.</summary>
internal static class OnnxDeviceList
{
    private const string CpuProvider = "CPUExecutionProvider";

    /// <param name="environment">The one of the process.</param>
    /// <param name="options">Which devices are wanted.</param>
    /// <param name="libraries">The registered library of each provider.</param>
    public static IReadOnlyList<OnnxDevice> Read(
        OrtEnv environment, OnnxEngineOptions options, IReadOnlyDictionary<string, OnnxProviderLibrary> libraries)
    {
        var reported = environment.GetEpDevices();
        var processor = reported.FirstOrDefault(static device => device.EpName == CpuProvider);
        var description = new DeviceDescription
        {
            Id = "cpu",
            Kind = DeviceKind.Cpu,
            Name = Name("CPU", processor?.HardwareDevice.Vendor),
            Provider = CpuProvider,
            Concurrency = options.CpuConcurrency ?? Math.Max(1, Environment.ProcessorCount - 1),
        };
        return
        [
            new OnnxDevice(description, ProviderDevice: null),
            .. ReadKind(reported, options, libraries, OrtHardwareDeviceType.NPU, DeviceKind.Npu, "NPU"),
            .. ReadKind(reported, options, libraries, OrtHardwareDeviceType.GPU, DeviceKind.Gpu, "GPU"),
        ];
    }

    private static IEnumerable<OnnxDevice> ReadKind(
        IReadOnlyList<OrtEpDevice> reported,
        OnnxEngineOptions options,
        IReadOnlyDictionary<string, OnnxProviderLibrary> libraries,
        OrtHardwareDeviceType type,
        DeviceKind kind,
        string text)
    {
        // Sorted by what does not change between starts, so that npu0 stays npu0.
        return reported
            .Where(device => device.HardwareDevice.Type == type && (options.AllowVirtualDevices || !IsVirtual(device)))
            .OrderBy(static device => device.EpName, StringComparer.Ordinal)
            .ThenBy(static device => device.HardwareDevice.VendorId)
            .ThenBy(static device => device.HardwareDevice.DeviceId)
            .Select((device, index) => Describe(device, $"{text.ToLowerInvariant()}{index}"));

        OnnxDevice Describe(OrtEpDevice device, string id)
        {
            var library = libraries.GetValueOrDefault(device.EpName);
            var description = new DeviceDescription
            {
                Id = id,
                Kind = kind,
                Name = Name(text, device.HardwareDevice.Vendor),
                Provider = device.EpName,
                MemoryBytes = MemoryBytes(device),
                Concurrency = library?.Concurrency ?? 1,
                IsVirtual = IsVirtual(device),

                // A provider runs what it compiled as one node, and a run is stopped between nodes.
                IsInterruptible = false,
            };
            var settings = library is null ? [] : new Dictionary<string, string>(library.Options, StringComparer.Ordinal);
            return new OnnxDevice(description, device) { Options = settings };
        }
    }

    /// <summary>There is no key that all vendors use; this one is plain enough to be tried, and the integrator's figure stands over it.</summary>
    private static long? MemoryBytes(OrtEpDevice device)
        => device.EpMetadata.Entries.TryGetValue("memory_bytes", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
                ? bytes
                : null;

    private static bool IsVirtual(OrtEpDevice device)
        => device.HardwareDevice.Metadata.Entries.TryGetValue("is_virtual", out var value) && value == "1";

    private static string Name(string kind, string? vendor) => string.IsNullOrEmpty(vendor) ? kind : $"{vendor} {kind}";
}
