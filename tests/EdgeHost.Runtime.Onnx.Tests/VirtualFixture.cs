using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>An engine with a virtual NPU and GPU.</summary>
internal sealed class VirtualFixture : IDisposable
{
    public VirtualFixture(string? preparedFolder = null, long memoryBytes = 1L << 30, Action<OnnxProviderLibrary>? configure = null)
    {
        Provider = VirtualProvider.Create(memoryBytes: memoryBytes);
        var library = new OnnxProviderLibrary { Name = Provider.RegistrationName, Path = Provider.LibraryPath };
        configure?.Invoke(library);
        Onnx = new OnnxFixture(options =>
        {
            options.AllowVirtualDevices = true;
            options.PreparedFolder = preparedFolder;
            options.ProviderLibraries.Add(library);
        });
    }

    public VirtualProvider Provider { get; }

    public OnnxFixture Onnx { get; }

    public OnnxEngine Engine => Onnx.Engine;

    public DeviceDescription Npu => Engine.GetDevices().Single(device => device.Kind == DeviceKind.Npu);

    public DeviceDescription Gpu => Engine.GetDevices().Single(device => device.Kind == DeviceKind.Gpu);

    public async Task<IEngineSession> LoadAsync(OnnxGraph graph, DeviceDescription device, string id = "model")
        => await Engine.LoadAsync(Onnx.Save(id, graph.ToModel()), device, CancellationToken.None);

    /// <summary>Waits until so many runs and loads are blocked on the NPU; they tell nobody, so it looks again and again.</summary>
    public async Task WaitForHangAsync(int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Provider.Npu.Hanging != count)
        {
            await Task.Delay(1, limit.Token);
        }
    }

    /// <summary>Takes the library away although the engine left it, after the last session.</summary>
    public void Unregister() => OrtEnv.Instance().UnregisterExecutionProviderLibrary(Provider.RegistrationName);

    public static float[] Run(IEngineSession session, params float[] content)
    {
        using var x = OnnxFixture.Value(session, [1, content.Length], content);
        using var y = session.Run(OnnxFixture.Step("x", x), CancellationToken.None)[0];
        return y.AsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        Provider.Npu.Heal();
        Provider.Gpu.Heal();
        Onnx.Dispose();
        Provider.Dispose();
    }
}
