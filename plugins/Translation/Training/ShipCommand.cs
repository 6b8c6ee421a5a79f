using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Plugins.Translation.Training.Export;

namespace EdgeHost.Plugins.Translation.Training;

/// <summary>Puts a model's files of 8 bits where models of the plugin lie, each with the manifest that describes it.</summary>
internal static class ShipCommand
{
    private const string Graph = "model.onnx";
    private const int MemoryBytes = 12_000_000;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs the command.</summary>
    public static void Run(Arguments arguments)
    {
        var (model, target) = (arguments.Text("model"), arguments.Text("models"));
        var (from, to) = (arguments.Text("from"), arguments.Text("to"));
        var version = arguments.Optional("version") ?? "1.0.0";
        var id = $"translation-{from}-{to}";
        var names = $"{arguments.Text("from-name")} to {arguments.Text("to-name")}, for short everyday sentences";
        var encoder = Manifest(id, version, "translation", $"{names}: the encoder, 8-bit weights, with its vocabulary.", arguments.Text("notice"));
        encoder["properties"] = new JsonObject { ["family"] = "marian", ["source"] = from, ["target"] = to, ["decoder"] = $"{id}-decoder" };
        encoder["requires"] = new JsonArray($"{id}-decoder");
        Write(target, id, encoder, [(Graph, ModelFolder.EncoderOf(model, isSmall: true)), .. ModelFolder.BesideEncoder.Select(name => (name, Path.Combine(model, name)))]);
        Write(target, $"{id}-decoder", Manifest($"{id}-decoder", version, "translation-decoder", $"{names}: the decoder, 8-bit weights.", arguments.Text("notice")), [(Graph, ModelFolder.DecoderOf(model, isSmall: true))]);
    }

    private static JsonObject Manifest(string id, string version, string task, string summary, string notice) => new()
    {
        ["id"] = id,
        ["version"] = version,
        ["task"] = task,
        ["summary"] = summary,
        ["licence"] = new JsonObject { ["spdx"] = "CC-BY-4.0", ["permissive"] = true, ["notice"] = notice, ["url"] = "https://creativecommons.org/licenses/by/4.0/" },
    };

    private static void Write(string folder, string id, JsonObject manifest, (string Name, string From)[] files)
    {
        Directory.CreateDirectory(Path.Combine(folder, id));
        var listed = new JsonArray();
        foreach (var (name, from) in files)
        {
            var path = Path.Combine(folder, id, name);
            File.Copy(from, path, overwrite: true);
            listed.Add(new JsonObject
            {
                ["name"] = name,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
                ["bytes"] = new FileInfo(path).Length,
                ["sources"] = new JsonArray($"file:{id}/{name}"),
            });
        }

        manifest["shipped"] = true;
        manifest["variants"] = new JsonArray(new JsonObject { ["name"] = "int8", ["graph"] = Graph, ["devices"] = new JsonArray("cpu"), ["memory_bytes"] = MemoryBytes, ["batching"] = null, ["files"] = listed });
        File.WriteAllText(Path.Combine(folder, $"{id}.json"), manifest.ToJsonString(Json) + "\n");
    }
}
