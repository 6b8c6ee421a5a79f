using System.Text.Json.Nodes;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>A virtual NPU for a host of its own process.</summary>
internal static class VirtualNpu
{
    /// <summary>Why there is none on this machine, or null.</summary>
    public static string? WhyNot => new VirtualProviderFactAttribute().Skip;

    /// <summary>What a host is told so that it uses the provider's devices.</summary>
    public static Dictionary<string, string> Settings(VirtualProvider provider) => new()
    {
        ["OnnxRuntime:AllowVirtualDevices"] = "true",
        ["OnnxRuntime:ProviderLibraries"] = new JsonArray(
            new JsonObject { ["Name"] = provider.RegistrationName, ["Path"] = provider.LibraryPath }).ToJsonString(),

        // The NPU whenever it works: the computing processor behind it is the same and would often finish earlier.
        ["Runtime:Devices:Mode"] = "Efficiency",
    };
}
