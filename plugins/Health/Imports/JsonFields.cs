using System.Text.Json;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>
/// The fields of JSON that came from outside. Texts and names that are no Unicode (half a surrogate pair, bytes that are no UTF-8) pass the parser, which says so only when somebody asks for them; numbers
/// may be beyond what a double holds.
/// </summary>
internal static class JsonFields
{
    /// <summary>A field of an object; false where it has none, or is no object.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the object has a name that is no Unicode.</exception>
    public static bool TryGet(JsonElement element, string name, out JsonElement field)
    {
        field = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out field);
        }
        catch (InvalidOperationException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The file has a name of a field, where '{name}' may be, that is no Unicode.", e);
        }
    }

    /// <summary>A field that is an object, or null.</summary>
    /// <inheritdoc cref="TryGet" path="/exception"/>
    public static JsonElement? Child(JsonElement element, string name) => TryGet(element, name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;

    /// <summary>A field that is a text, or null.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no Unicode.</exception>
    public static string? Text(JsonElement element, string name)
    {
        if (!TryGet(element, name, out var text) || text.ValueKind != JsonValueKind.String) return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The file has a '{name}' that is no Unicode.", e);
        }
    }

    /// <summary>The objects of a field that is an array; none where it is not.</summary>
    /// <inheritdoc cref="TryGet" path="/exception"/>
    public static IEnumerable<JsonElement> Items(JsonElement element, string name)
        => TryGet(element, name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object) : [];

    /// <summary>A finite number, or null.</summary>
    public static double? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
