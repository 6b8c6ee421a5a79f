using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EdgeHost.Serialization.Generator;

/// <summary>The text of XML documentation comments, as one line.</summary>
internal static class Documentation
{
    public static string? Summary(ISymbol symbol) => Text(symbol, static root => root.Element("summary"));

    public static string? Parameter(ISymbol type, string? name)
        => name is null
            ? null
            : Text(type, root => root.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));

    private static string? Text(ISymbol symbol, Func<XElement, XElement?> find)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            var text = new StringBuilder();
            if (find(XElement.Parse(xml, LoadOptions.PreserveWhitespace)) is { } element) Append(element, text);
            var line = string.Join(" ", text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length == 0 ? null : line;
        }
        catch (XmlException)
        {
            // A broken comment is the compiler's to report; the schema does without.
            return null;
        }
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            if (node is not XElement child) continue;
            var reference = child.Attribute("cref") ?? child.Attribute("name") ?? child.Attribute("langword");
            if (reference is not null && child.IsEmpty) text.Append(ShortName(reference.Value));
            Append(child, text);
        }
    }

    private static string ShortName(string reference)
    {
        var name = reference.Substring(reference.IndexOf(':') + 1);
        var arguments = name.IndexOf('(');
        if (arguments >= 0) name = name.Substring(0, arguments);
        return name.Substring(name.LastIndexOf('.') + 1);
    }
}
