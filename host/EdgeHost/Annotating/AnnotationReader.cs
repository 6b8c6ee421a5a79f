using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EdgeHost.Pictures.Annotations;

namespace EdgeHost.Host.Annotating;

/// <summary>
/// Reads from a method's response what can be drawn, by the fields that vision methods have in common: <c>box</c>, <c>polygon</c>, <c>keypoints</c> and <c>landmarks</c> of what a list of the
/// response holds, and <c>labels</c> of the whole picture. Methods of other plugins are drawn likewise if they name their fields so.
/// </summary>
internal static class AnnotationReader
{
    // Fainter key points are guesses about what is hidden or outside of the picture.
    private const double LeastPointConfidence = 0.3;

    /// <summary>What can be drawn, in the response's order; what belongs to the whole picture comes last.</summary>
    public static IReadOnlyList<Annotation> Read(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object) return [];
        var found = new List<Annotation>();
        var ofWhole = new List<Annotation>();
        foreach (var item in response.EnumerateObject().Where(static field => field.Value.ValueKind == JsonValueKind.Array).SelectMany(static field => field.Value.EnumerateArray()))
        {
            if (item.ValueKind != JsonValueKind.Object) continue;
            var annotation = ReadItem(item, found.Count + 1);
            if (annotation.Outline.Count > 0 || annotation.Points.Count > 0) found.Add(annotation);
            else if (Text(item, "label") is not null) ofWhole.Add(annotation);
        }

        return [.. found, .. ofWhole];
    }

    private static Annotation ReadItem(JsonElement item, int number)
    {
        var (points, names) = ReadPoints(item);
        return new Annotation
        {
            Name = Text(item, "label"),

            // What a line says stands in the picture already, and would hide it: the line's place in the answer does.
            Remark = Text(item, "text") is null ? Remark(item) : number.ToString(CultureInfo.InvariantCulture),
            Outline = ReadOutline(item),
            Points = points,
            Links = BodyLinks.Among(names),
        };
    }

    private static string? Remark(JsonElement item)
    {
        var parts = new List<string>(2);
        if (Number(item, "track") is { } track) parts.Add(string.Create(CultureInfo.InvariantCulture, $"#{track}"));
        if (Number(item, "confidence") is { } confidence) parts.Add(confidence.ToString("0.00", CultureInfo.InvariantCulture));
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static Vector2[] ReadOutline(JsonElement item)
    {
        if (item.TryGetProperty("polygon", out var polygon) && polygon.ValueKind == JsonValueKind.Array) return [.. polygon.EnumerateArray().Select(ReadPoint).OfType<Vector2>()];
        if (!item.TryGetProperty("box", out var box) || ReadPoint(box) is not { } corner || Number(box, "width") is not { } width || Number(box, "height") is not { } height) return [];
        var (right, bottom) = (corner.X + (float)width, corner.Y + (float)height);
        return [corner, new Vector2(right, corner.Y), new Vector2(right, bottom), new Vector2(corner.X, bottom)];
    }

    private static (Vector2[] Points, string[] Names) ReadPoints(JsonElement item)
    {
        if (!item.TryGetProperty("keypoints", out var list) && !item.TryGetProperty("landmarks", out list)) return ([], []);
        if (list.ValueKind != JsonValueKind.Array) return ([], []);
        var seen = list.EnumerateArray()
            .Where(static point => Number(point, "confidence") is not < LeastPointConfidence)
            .Select(static point => (At: ReadPoint(point), Name: Text(point, "name") ?? string.Empty))
            .Where(static point => point.At is not null)
            .ToArray();
        return ([.. seen.Select(static point => point.At!.Value)], [.. seen.Select(static point => point.Name)]);
    }

    private static Vector2? ReadPoint(JsonElement at)
        => Number(at, "x") is { } x && Number(at, "y") is { } y ? new Vector2((float)x, (float)y) : null;

    private static double? Number(JsonElement item, string field)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement item, string field)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
