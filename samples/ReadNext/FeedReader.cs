using System.Xml.Linq;

namespace ReadNext;

/// <summary>Reads the RSS 2.0 and Atom files of a folder.</summary>
internal static class FeedReader
{
    // What names an article, the best first.
    private static readonly string[] Names = ["guid", "id", "link", "title"];

    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="System.Xml.XmlException">A file is no XML.</exception>
    public static IReadOnlyList<Article> Read(string folder)
        =>
        [
            .. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal)
                .SelectMany(static file => XDocument.Load(file).Descendants().Where(static element => element.Name.LocalName is "item" or "entry"))
                .Select(ToArticle)
                .Where(static article => article.Id.Length > 0)
                .DistinctBy(static article => article.Id),
        ];

    private static Article ToArticle(XElement entry)
    {
        var title = Value(entry, "title");
        var id = Names.Select(name => Value(entry, name)).FirstOrDefault(static text => text.Length > 0) ?? string.Empty;
        var tags = entry.Elements().Where(static element => element.Name.LocalName == "category").Select(static element => element.Attribute("term")?.Value ?? element.Value.Trim());
        return new Article(id, title, Value(entry, "description") is { Length: > 0 } text ? text : Value(entry, "summary"), [.. tags.Where(static tag => tag.Length > 0).Distinct(StringComparer.Ordinal)]);
    }

    private static string Value(XElement entry, string name) => entry.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? string.Empty;
}
