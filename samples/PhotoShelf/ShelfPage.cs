using System.Text.Json;

namespace PhotoShelf;

/// <summary>The page: one file that needs no server and asks nobody for anything.</summary>
internal static class ShelfPage
{
    private const string FileName = "photo-shelf.html";
    private const string Place = "/*PHOTOS*/[]";

    private static readonly JsonSerializerOptions Style = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes it into the folder, beside the photos that it shows.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> WriteAsync(string folder, IReadOnlyList<Photo> photos, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(ShelfPage).Assembly.GetManifestResourceStream("shelf.html")!);
        var template = await reader.ReadToEndAsync(cancellationToken);

        // The serializer escapes <, > and &, so no text in a photo can end the script that it stands in.
        var page = template.Replace(Place, JsonSerializer.Serialize(photos, Style), StringComparison.Ordinal);
        var path = Path.Combine(folder, FileName);
        await File.WriteAllTextAsync(path + ".new", page, cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
        return Path.GetFullPath(path);
    }
}
