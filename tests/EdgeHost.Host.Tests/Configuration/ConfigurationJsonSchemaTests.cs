using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Host.Configuration;
using EdgeHost.TestKit;
using Json.Schema;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class ConfigurationJsonSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string Printed = Print();
    private static readonly JsonSchema Schema = JsonSchema.FromText(Printed);

    [Fact]
    public void File_BesideTheExecutable_IsWhatTheProgramPrints()
    {
        var file = Path.Combine(Repository.Root, "host", "EdgeHost", ConfigurationJsonSchema.FileName);

        Assert.True(File.ReadAllText(file).Trim() == Printed, $"{file} is out of date: edgehost config schema > {file}");
    }

    [Fact]
    public void Sample_OfTheIntegrator_Fits()
        => Assert.True(IsValid(File.ReadAllText(Path.Combine(Repository.Root, "samples", "Integrator", "edgehost.json"))));

    [Fact]
    public void Schema_HasEveryKeyOfTheTable()
    {
        using var schema = JsonDocument.Parse(Printed);

        Assert.Empty(OptionReference.Lines.Select(line => line.Key).Where(key => Find(schema.RootElement, key.Split(':')) is null));
    }

    [Theory]
    [InlineData("""{"Ipc":{"MaxConnections":10}}""", true)]
    [InlineData("""{"Ipc":{"MaxConnections":0}}""", false)]
    [InlineData("""{"Ipc":{"MaxConnection":10}}""", false)]
    [InlineData("""{"Ip":{}}""", false)]
    [InlineData("""{"Ipc":{"IdleTimeout":"5 min","MaxFrameBytes":"16 MiB","SocketMode":"0660"}}""", true)]
    [InlineData("""{"Ipc":{"IdleTimeout":"00:05:00","MaxFrameBytes":65536}}""", true)]
    [InlineData("""{"Ipc":{"IdleTimeout":5}}""", false)]
    [InlineData("""{"Ipc":{"IdleTimeout":"5 parsecs"}}""", false)]
    [InlineData("""{"Ipc":{"MaxFrameBytes":"16 stones"}}""", false)]
    [InlineData("""{"Ipc":{"DefaultDeadline":null}}""", true)]
    [InlineData("""{"Ipc":{"MaxDeadline":null}}""", false)]
    [InlineData("""{"Runtime":{"Devices":{"Models":{"m":{"Prefer":["Npu"]}}}}}""", true)]
    [InlineData("""{"Runtime":{"Devices":{"Models":{"m":{"Prefer":["Abacus"]}}}}}""", false)]
    [InlineData("""{"Apps":{"Rules":{"camera":{"Grants":["vision.*"],"Users":[1000]}}}}""", true)]
    [InlineData("""{"Apps":{"Rules":{"camera":{"Grant":[]}}}}""", false)]
    [InlineData("""{"OnnxRuntime":{"ProviderLibraries":[{"Name":"x"}]}}""", false)]
    [InlineData("""{"$schema":"x.json"}""", true)]
    public void Schema_AndReader_SayTheSame(string json, bool isGood)
    {
        Assert.Equal(isGood, IsValid(json));
        Assert.Equal(isGood, ConfigurationReader.Read(Encoding.UTF8.GetBytes(json)).Problems.Count == 0);
    }

    [Fact]
    public void Schema_OfAValue_HasDefaultRangeAndWhenItHolds()
    {
        using var schema = JsonDocument.Parse(Printed);
        var connections = Find(schema.RootElement, ["Ipc", "MaxConnections"])!.Value;

        Assert.Equal((256, 1, 10_000), (connections.GetProperty("default").GetInt32(), connections.GetProperty("minimum").GetInt32(), connections.GetProperty("maximum").GetInt32()));
        Assert.EndsWith("A change holds at once.", connections.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("A change holds after a restart.", Find(schema.RootElement, ["Ipc", "SocketMode"])!.Value.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(JsonNode.Parse(json, documentOptions: Lenient)!.ToJsonString());
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static JsonElement? Find(JsonElement node, string[] path)
    {
        foreach (var part in path)
        {
            var isBelow = node.TryGetProperty("properties", out var properties) && properties.TryGetProperty(part, out node);
            if (!isBelow && !(part == "NAME" && node.TryGetProperty("additionalProperties", out node)) && !(part == "0" && node.TryGetProperty("items", out node))) return null;
        }

        return node;
    }

    private static string Print()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ConfigurationJsonSchema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
