using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Searching;

/// <summary>Puts values into places of a specification. A place is a path such as <c>optimiser.rate</c> or <c>network.layers.hidden.width</c>, where items of a list go by their names.</summary>
internal static class SpecPatch
{
    private static readonly string[] Fixed = ["model", "personalises", "task", "data", "search", "retrain", "limits"];

    /// <summary>Checks that every value in every place gives a specification that is right.</summary>
    public static void Check(JsonElement root, SearchSpec search)
    {
        foreach (var (path, values) in search.Parameters)
        {
            if (Fixed.Contains(path.Split('.')[0], StringComparer.Ordinal))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"'search.parameters.{path}' cannot be searched over; network, optimiser, schedule, batch, clip and the like can.");
            }

            foreach (var value in values)
            {
                try
                {
                    JobSpecReader.Read(Apply(root.GetRawText(), [(path, value)]));
                }
                catch (EdgeHostException e)
                {
                    throw new EdgeHostException(ErrorCode.InvalidArgument, $"'search.parameters.{path}' with the value {value.GetRawText()}: {e.Message}", e);
                }
            }
        }
    }

    /// <summary>The specification with the values in their places, and without its search.</summary>
    public static string Apply(string json, IReadOnlyList<(string Path, JsonElement Value)> values)
    {
        var root = JsonNode.Parse(json, nodeOptions: null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        root.Remove("search");
        foreach (var (path, value) in values) Put(root, path, value);
        return root.ToJsonString();
    }

    private static void Put(JsonObject root, string path, JsonElement value)
    {
        var parts = path.Split('.');
        JsonNode at = root;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            at = at switch
            {
                JsonObject group => group[parts[i]] ??= new JsonObject(),
                JsonArray list => list.FirstOrDefault(item => item is JsonObject named && (string?)named["name"] == parts[i]) ?? throw NoPlace(path, parts[i]),
                _ => throw NoPlace(path, parts[i]),
            };
        }

        if (at is not JsonObject last) throw NoPlace(path, parts[^1]);
        last[parts[^1]] = JsonNode.Parse(value.GetRawText());
    }

    private static EdgeHostException NoPlace(string path, string part)
        => new(ErrorCode.InvalidArgument, $"The specification has no place '{path}': there is no '{part}'.");
}
