using EdgeHost.Runtime.Devices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>A device with what ONNX Runtime needs to load on it; no provider device for the processor.</summary>
internal sealed record OnnxDevice(DeviceDescription Description, OrtEpDevice? ProviderDevice);
