using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Devices;

namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>Everything a prepared form depends on. Where one part differs the form is another one. Immutable.</summary>
internal sealed class PreparedModelKey
{
    /// <summary>Changes with how the engine makes or loads prepared forms.</summary>
    private const string Scheme = "1";

    private PreparedModelKey(string text, bool isForProcessor)
    {
        Text = text;
        IsForProcessor = isForProcessor;
        FolderName = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    /// <summary>The parts, one line.</summary>
    public string Text { get; }

    /// <summary>A name for the file system.</summary>
    public string FolderName { get; }

    /// <summary>Whether the form is for the processor (a mapped file of ONNX Runtime's own format) or for a provider (a graph with compiled nodes).</summary>
    public bool IsForProcessor { get; }

    /// <param name="artifact">The model.</param>
    /// <param name="device">Where it will run.</param>
    /// <param name="runtimeVersion">ONNX Runtime's version.</param>
    public static PreparedModelKey Create(ModelArtifact artifact, OnnxDevice device, string runtimeVersion)
    {
        // A graph's weights may be in files beside it, whose hashes nobody gives the engine; the version and the sizes stand for them.
        var model = $"{artifact.GraphSha256} {artifact.Id}@{artifact.Version}/{artifact.Variant} {artifact.SizeBytes.ToString(CultureInfo.InvariantCulture)}";
        var target = device.ProviderDevice is null ? ProcessorFeatures.Text : $"{device.Identity} {device.OptionsText}";
        var text = $"{Scheme} | {model} | onnxruntime {runtimeVersion} | {device.Description.Provider} | {target}";
        return new PreparedModelKey(text.ReplaceLineEndings(" "), device.ProviderDevice is null);
    }
}
