using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests.Cases;

/// <summary>One exchange of sdk/conformance. Immutable.</summary>
/// <param name="Name">File and name, as a test shows it.</param>
/// <param name="Needs">What a client or host must offer; empty for what every one has.</param>
/// <param name="Steps">What happens, in order.</param>
internal sealed record ConformanceCase(string Name, IReadOnlyList<string> Needs, IReadOnlyList<JsonObject> Steps)
{
    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = false };

    /// <summary>The names of all cases of a side.</summary>
    /// <param name="side"><c>client</c> or <c>host</c>.</param>
    /// <param name="offers">Cases that need more are left out.</param>
    public static IEnumerable<string> Names(string side, params IReadOnlyList<string> offers)
        => ReadAll(side).Where(c => c.Needs.All(offers.Contains)).Select(c => c.Name);

    /// <summary>Reads one case.</summary>
    public static ConformanceCase Read(string side, string name) => ReadAll(side).Single(c => c.Name == name);

    /// <summary>Reads all cases of a side.</summary>
    public static IReadOnlyList<ConformanceCase> ReadAll(string side)
        => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "sdk", "conformance", side), "*.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(ReadFile)];

    private static IEnumerable<ConformanceCase> ReadFile(string path)
    {
        var file = JsonNode.Parse(File.ReadAllText(path), nodeOptions: null, Format)!;
        return file["cases"]!.AsArray().Select(node => new ConformanceCase(
            $"{Path.GetFileNameWithoutExtension(path)}: {node!["name"]!.GetValue<string>()}",
            [.. node["needs"]?.AsArray().Select(need => need!.GetValue<string>()) ?? []],
            [.. node["steps"]!.AsArray().Select(step => step!.AsObject())]));
    }
}
