using System.Text.Json.Nodes;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>What a host with the virtual NPU is told, and a model for it.</summary>
internal static class VirtualNpu
{
    /// <summary>The model <c>chain</c>, made for an NPU.</summary>
    public static TestModel Model { get; } = new("chain", OnnxGraph.MatMul(64, 0.01f).ToModel()) { Devices = ["npu", "cpu"] };

    /// <summary>Settings by flat key: the NPU whenever it works, and limits that do not make a test wait.</summary>
    public static Dictionary<string, string> Settings(VirtualProvider provider) => new()
    {
        ["OnnxRuntime:AllowVirtualDevices"] = "true",
        ["OnnxRuntime:ProviderLibraries"] = new JsonArray(
            new JsonObject { ["Name"] = provider.RegistrationName, ["Path"] = provider.LibraryPath }).ToJsonString(),
        ["Runtime:Devices:Mode"] = "Efficiency",
        ["Runtime:Devices:ProbePause"] = "00:00:00.200",
        ["Runtime:Devices:ProbePauseLimit"] = "00:00:00.400",
    };
}
