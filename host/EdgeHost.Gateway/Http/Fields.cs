using System.Text.Json;

namespace EdgeHost.Gateway.Http;

/// <summary>Reads fields that may be a text or a list, and names the field in errors.</summary>
internal static class Fields
{
    public static EdgeHostException Invalid(string field, string problem) => new(ErrorCode.InvalidArgument, $"'{field}' {problem}") { Details = Named(field) };

    public static EdgeHostException Unsupported(string field, string problem) => new(ErrorCode.Unimplemented, $"'{field}' {problem}") { Details = Named(field) };

    /// <summary>The texts of a field that is a text or a list of texts; none if it is absent.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is something else.</exception>
    public static IReadOnlyList<string> TextsOf(JsonElement element, string field) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.String => [TextOf(element, field)],
        JsonValueKind.Array => [.. element.EnumerateArray().Select((item, i) => TextOf(item, $"{field}[{i}]"))],
        _ => throw Invalid(field, "must be a text or a list of texts."),
    };

    /// <summary>A text.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is something else, or has half of a surrogate pair.</exception>
    public static string TextOf(JsonElement element, string field)
    {
        if (element.ValueKind != JsonValueKind.String) throw Invalid(field, "must be a text.");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{field}' is no valid text: {e.Message}", e) { Details = Named(field) };
        }
    }

    /// <summary>Whether a field says something: it is there, not null, and not an empty list.</summary>
    public static bool IsGiven(JsonElement element)
        => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !(element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0);

    private static Dictionary<string, string> Named(string field) => new() { ["field"] = field };
}
