using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EdgeHost.Host.Configuration;

/// <summary>The documentation of an option as its class has it: from the XML file that the build lays beside the assembly. Empty where there is none.</summary>
internal sealed class OptionDocumentation
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _files = [];

    /// <summary>The property's summary as one line of text; code in backticks.</summary>
    public string SummaryOf(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        if (!_files.TryGetValue(type.Assembly, out var members)) _files[type.Assembly] = members = Load(type.Assembly);
        return members.TryGetValue($"P:{type.FullName}.{property.Name}", out var summary) ? ToText(summary) : string.Empty;
    }

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file)) return [];
        try
        {
            return XDocument.Load(file).Descendants("member")
                .Where(member => (string?)member.Attribute("name") is ['P', ':', ..] && member.Element("summary") is not null)
                .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!, StringComparer.Ordinal);
        }
        catch (XmlException)
        {
            // Documentation only; the keys work without.
            return [];
        }
    }

    private static string ToText(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement element when ((string?)element.Attribute("cref") ?? (string?)element.Attribute("langword")) is { } name => $"`{name[(name.LastIndexOf('.') + 1)..]}`",
                _ => string.Empty,
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
