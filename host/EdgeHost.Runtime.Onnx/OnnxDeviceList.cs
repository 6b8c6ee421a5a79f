using EdgeHost.Runtime.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>Turns what ONNX Runtime reports into devices with stable names.</summary>
internal static class OnnxDeviceList
{
    private const string CpuProvider = "CPUExecutionProvider";

    public static IReadOnlyList<OnnxDevice> Read(OrtEnv environment, OnnxEngineOptions options)
    {
        var reported = environment.GetEpDevices();
        var processor = reported.FirstOrDefault(device => device.EpName == CpuProvider);
        var devices = new List<OnnxDevice>
        {
            new(
                new DeviceDescription
                {
                    Id = "cpu",
                    Kind = DeviceKind.Cpu,
                    Name = Name("CPU", processor?.HardwareDevice.Vendor),
                    Provider = CpuProvider,
                    Concurrency = options.CpuConcurrency ?? Math.Max(1, Environment.ProcessorCount - 1),
                },
                ProviderDevice: null),
        };
        AddKind(devices, reported, options, OrtHardwareDeviceType.NPU, DeviceKind.Npu, "NPU");
        AddKind(devices, reported, options, OrtHardwareDeviceType.GPU, DeviceKind.Gpu, "GPU");
        return devices;
    }

    private static void AddKind(
        List<OnnxDevice> devices,
        IReadOnlyList<OrtEpDevice> reported,
        OnnxEngineOptions options,
        OrtHardwareDeviceType type,
        DeviceKind kind,
        string text)
    {
        // Sorted by what does not change between starts, so that npu0 stays npu0.
        var found = reported
            .Where(device => device.HardwareDevice.Type == type && (options.AllowVirtualDevices || !IsVirtual(device)))
            .OrderBy(device => device.EpName, StringComparer.Ordinal)
            .ThenBy(device => device.HardwareDevice.VendorId)
            .ThenBy(device => device.HardwareDevice.DeviceId);
        var index = 0;
        foreach (var device in found)
        {
            var description = new DeviceDescription
            {
                Id = $"{text.ToLowerInvariant()}{index++}",
                Kind = kind,
                Name = Name(text, device.HardwareDevice.Vendor),
                Provider = device.EpName,
            };
            devices.Add(new OnnxDevice(description, device));
        }
    }

    private static bool IsVirtual(OrtEpDevice device)
        => device.HardwareDevice.Metadata.Entries.TryGetValue("is_virtual", out var value) && value == "1";

    private static string Name(string kind, string? vendor) => string.IsNullOrEmpty(vendor) ? kind : $"{vendor} {kind}";
}
