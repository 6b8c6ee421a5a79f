using System.Text.Json;
using EdgeHost.Protocol;

namespace EdgeHost.Host.Cli;

/// <summary>Says in lines of text what a method takes and gives, and how it is called, from its schemas.</summary>
internal static class MethodDescription
{
    public static IEnumerable<string> Of(CapabilityEntry entry)
    {
        yield return $"{entry.Method} ({KindOf(entry.Kind)}), version {entry.Version}, by {entry.Plugin} {entry.PluginVersion}";
        if (entry.Summary.Length > 0) yield return entry.Summary;
        if (entry.Unavailable is not null)
        {
            yield return $"It cannot be called now: {entry.Unavailable}";
            if (entry.Version == 0) yield break;
        }

        if (entry.Models.Count > 0) yield return $"Models: {string.Join(", ", entry.Models)}";
        if (entry.Tasks.Count > 0) yield return $"Models of the tasks: {string.Join(", ", entry.Tasks)}";
        foreach (var (title, schema, binaries) in new[]
        {
            ("Request", entry.RequestSchema, "--file {0}=FILE"),
            ("Items pushed, a line each on standard input", entry.PushSchema, "--push-bytes {0}"),
            ("Items, a line each on standard output", entry.ItemSchema, "--out {0}=FILE"),
            ("Response", entry.ResponseSchema, "--out {0}=FILE"),
        })
        {
            if (schema is null) continue;
            yield return string.Empty;
            yield return $"{title}:";
            foreach (var line in SchemaText.Of(schema, binaries)) yield return line;
        }

        yield return string.Empty;
        yield return "Example:";
        yield return $"  {Example(entry)}";
    }

    // Binaries of the example become files, the rest stays JSON.
    private static string Example(CapabilityEntry entry)
    {
        var call = $"edgehost call {entry.Method}";
        try
        {
            using var example = JsonDocument.Parse(entry.Example);
            if (example.RootElement.ValueKind == JsonValueKind.Object)
            {
                var (files, fields) = (new List<string>(), new List<string>());
                foreach (var property in example.RootElement.EnumerateObject())
                {
                    if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() == "@file") files.Add($" --file {property.Name}=FILE");
                    else fields.Add($"{NameText(property.Name)}:{property.Value.GetRawText()}");
                }

                call += string.Concat(files);
                if (fields.Count > 0) call += $" --json {Quoted($"{{{string.Join(',', fields)}}}")}";
            }
        }
        catch (JsonException)
        {
            // A plugin's own example; the method can be called without one.
        }

        return entry.Kind is CapabilityKind.ClientStream or CapabilityKind.Duplex ? Pushing(call, entry) : call;
    }

    private static string Pushing(string call, CapabilityEntry entry)
        => BinaryFieldOf(entry.PushSchema) is { } field ? $"{call} --push-bytes {field} < FILE" : $"{call} < LINES";

    private static string? BinaryFieldOf(string? schema)
    {
        if (schema is null) return null;
        try
        {
            using var document = JsonDocument.Parse(schema);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("properties", out var properties)) return null;
            if (properties.ValueKind != JsonValueKind.Object) return null;
            return properties.EnumerateObject().FirstOrDefault(property => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("contentEncoding", out _)) is { Value.ValueKind: JsonValueKind.Object } found
                ? found.Name
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NameText(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string KindOf(CapabilityKind kind) => kind switch
    {
        CapabilityKind.ServerStream => "server stream",
        CapabilityKind.ClientStream => "client stream",
        CapabilityKind.Duplex => "duplex",
        _ => "unary",
    };
}
