using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>A model of a host that runs made-up graphs. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Graph">The graph file's content; need not be a graph.</param>
internal sealed record TestModel(string Id, byte[] Graph)
{
    /// <summary>Kinds of device, best first.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    /// <summary>What the manifest says of its memory; null for nothing.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>What it is for.</summary>
    public string Task { get; init; } = "testing";

    /// <summary>What the manifest says of it besides.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Models that it needs beside it.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Writes the graph into a folder, and the manifest that leads to it.</summary>
    public void WriteTo(string graphs, string manifests)
    {
        var path = Path.Combine(graphs, $"{Id}.onnx");
        File.WriteAllBytes(path, Graph);
        File.WriteAllText(Path.Combine(manifests, $"{Id}.json"), Manifest(path).ToJsonString());
    }

    private JsonObject Manifest(string path) => new()
    {
        ["id"] = Id,
        ["version"] = "1.0.0",
        ["task"] = Task,
        ["summary"] = "A model of the tests.",
        ["licence"] = new JsonObject { ["spdx"] = "MIT", ["permissive"] = true, ["notice"] = "Made by the tests.", ["url"] = null },
        ["properties"] = new JsonObject(Properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value))),
        ["requires"] = new JsonArray([.. Requires.Select(required => (JsonNode)required)]),
        ["variants"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "only",
                ["graph"] = "model.onnx",
                ["devices"] = new JsonArray([.. Devices.Select(device => (JsonNode)device)]),
                ["memory_bytes"] = MemoryBytes,
                ["batching"] = null,
                ["files"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "model.onnx",
                        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Graph)),
                        ["bytes"] = Graph.Length,
                        ["sources"] = new JsonArray($"file:{path}"),
                    }),
            }),
    };
}
