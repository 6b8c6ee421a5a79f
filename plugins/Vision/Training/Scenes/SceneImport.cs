using System.Text.Json;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Vision.Scenes;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Reads a head that <see cref="SceneExport"/> wrote. No state.</summary>
internal static class SceneImport
{
    /// <summary>Reads one.</summary>
    /// <param name="models">The folder of the plugin's manifests.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model lacks a part; else as <see cref="ModelProto.Parse"/> says.</exception>
    public static SceneLinear Read(string models)
    {
        var folder = Path.Combine(models, SceneHead.ModelId);
        var parts = ModelProto.Parse(File.ReadAllBytes(Path.Combine(folder, SceneExport.Graph))).Graph!.Initializers;
        return new SceneLinear(File.ReadAllLines(Path.Combine(folder, SceneExport.Labels)), Part("mean"), Part("scale"), Part("weight"), Part("bias"));

        float[] Part(string name)
            => parts.FirstOrDefault(part => part.Name == name)?.ToArray<float>()
                ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model in '{folder}' has no '{name}': it is no head that this tool wrote.");
    }

    /// <summary>The version whose means and deviations the head has.</summary>
    /// <param name="models">The folder of the plugin's manifests.</param>
    public static string VectorsOf(string models)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(models, $"{SceneHead.ModelId}.json")));
        return manifest.RootElement.GetProperty("properties").TryGetProperty(StandardEmbedder.VectorsProperty, out var vectors)
            ? vectors.GetString()!
            : manifest.RootElement.GetProperty("version").GetString()!;
    }
}
