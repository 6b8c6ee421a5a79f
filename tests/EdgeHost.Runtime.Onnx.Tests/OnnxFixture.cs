using System.Security.Cryptography;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>An engine with a folder of models made by the test.</summary>
internal sealed class OnnxFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public OnnxFixture(Action<OnnxEngineOptions>? configure = null)
    {
        Settings = new OnnxEngineOptions();
        configure?.Invoke(Settings);
        Engine = CreateEngine();
    }

    public OnnxEngineOptions Settings { get; }

    /// <summary>A folder that goes with the fixture.</summary>
    public string Folder => _folder.Path;

    public OnnxEngine Engine { get; }

    /// <summary>Another engine with the same settings, as the next start of the host would have; the caller disposes.</summary>
    public OnnxEngine CreateEngine() => new(Options.Create(Settings), TimeProvider.System, NullLogger<OnnxEngine>.Instance);

    public DeviceDescription Cpu => Engine.GetDevices()[0];

    public ModelArtifact Save(string id, byte[] content)
    {
        var path = _folder.Combine($"{id}.onnx");
        File.WriteAllBytes(path, content);
        return new ModelArtifact
        {
            Id = id,
            Version = "1.0",
            Variant = "fp32",
            GraphPath = path,
            GraphSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Files = new Dictionary<string, string> { [$"{id}.onnx"] = path },
            SizeBytes = content.Length,
        };
    }

    public async Task<IEngineSession> LoadAsync(OnnxGraph graph, string id = "model")
        => await Engine.LoadAsync(Save(id, graph.ToModel()), Cpu, CancellationToken.None);

    /// <summary>Small numbers that are the same every time.</summary>
    public static ModelValue Ramp(IEngineSession session, params long[] shape)
    {
        var value = session.CreateValue(ElementType.Float32, new TensorShape(shape));
        var span = value.AsSpan<float>();
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (i % 17) / 17f;
        }

        return value;
    }

    public static ModelValue Value<T>(IEngineSession session, long[] shape, params T[] content)
        where T : unmanaged
    {
        var value = session.CreateValue(ElementTypes.Of<T>(), new TensorShape(shape));
        content.CopyTo(value.AsSpan<T>());
        return value;
    }

    public static ModelStep Step(string name, ModelValue value) => new() { Inputs = [new NamedValue(name, value)] };

    public void Dispose()
    {
        Engine.Dispose();
        _folder.Dispose();
    }
}
