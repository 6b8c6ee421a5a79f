using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>A graph file as a model of a benchmark's own host. Immutable.</summary>
internal sealed record BenchmarkModel
{
    /// <summary>Its id there.</summary>
    public required string Id { get; init; }

    /// <summary>The graph, an absolute path.</summary>
    public required string GraphPath { get; init; }

    /// <summary>SHA-256 of the graph in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Kinds of device, best first.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    /// <summary>The axis along which its steps may be joined; null allows no batching.</summary>
    public int? BatchAxis { get; init; }

    /// <summary>Bytes of the graph.</summary>
    public long Bytes => new FileInfo(GraphPath).Length;

    /// <summary>Writes a generated graph into a folder.</summary>
    public static BenchmarkModel Create(string id, string folder, byte[] graph)
    {
        var path = Path.Combine(folder, $"{id}.onnx");
        File.WriteAllBytes(path, graph);
        return new BenchmarkModel { Id = id, GraphPath = path, Sha256 = Convert.ToHexStringLower(SHA256.HashData(graph)) };
    }

    /// <summary>A graph that is there already.</summary>
    public static BenchmarkModel FromFile(string id, string path)
    {
        using var file = File.OpenRead(path);
        return new BenchmarkModel { Id = id, GraphPath = path, Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)) };
    }

    /// <summary>Its manifest, whose source is the file.</summary>
    public JsonObject ToManifest() => new()
    {
        ["id"] = Id,
        ["version"] = "1.0.0",
        ["task"] = "measuring",
        ["summary"] = "A model of the benchmarks.",
        ["licence"] = new JsonObject { ["spdx"] = "MIT", ["permissive"] = true, ["notice"] = "Made or copied by the benchmarks.", ["url"] = null },
        ["variants"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "only",
                ["graph"] = "model.onnx",
                ["devices"] = new JsonArray([.. Devices.Select(device => (JsonNode)device)]),
                ["memory_bytes"] = null,
                ["batching"] = BatchAxis is { } axis ? new JsonObject { ["axis"] = axis, ["max_size"] = 8 } : null,
                ["files"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "model.onnx", ["sha256"] = Sha256, ["bytes"] = Bytes, ["sources"] = new JsonArray($"file:{GraphPath}"),
                    }),
            }),
    };
}
