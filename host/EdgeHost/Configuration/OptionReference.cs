namespace EdgeHost.Host.Configuration;

/// <summary>Every key with what it takes, its default and what it means: <c>edgehost config keys</c> and the table in docs/operations.md.</summary>
internal static class OptionReference
{
    public static IReadOnlyList<OptionReferenceLine> Lines { get; } = Create();

    /// <summary>The rows of the table in docs/operations.md.</summary>
    public static IEnumerable<string> ToMarkdown()
        => Lines.Select(line => $"| `{line.Key}` | {Cell(line.Takes)} | {Cell(Code(line.Default))} | {line.Changes} | {Cell(line.Meaning)} |");

    private static List<OptionReferenceLine> Create()
    {
        var documentation = new OptionDocumentation();
        var lines = new List<OptionReferenceLine>();
        foreach (var section in ConfigurationSections.All) Add(lines, documentation, section.Name, section.Node, Activator.CreateInstance(section.Options));
        return lines;
    }

    private static void Add(List<OptionReferenceLine> lines, OptionDocumentation documentation, string path, OptionNode group, object? defaults)
    {
        foreach (var key in group.Keys)
        {
            var value = defaults is null ? null : key.Property.GetValue(defaults);
            AddKey(lines, documentation, $"{path}:{key.Name}", key, key.Node, value);
        }
    }

    private static void AddKey(List<OptionReferenceLine> lines, OptionDocumentation documentation, string path, OptionKey key, OptionNode node, object? value)
    {
        switch (node.Shape)
        {
            case OptionShape.Value:
                lines.Add(new OptionReferenceLine(path, OptionValue.Kind(node), Default(node, value), documentation.SummaryOf(key.Property)));
                break;
            case OptionShape.Group:
                Add(lines, documentation, path, node, value);
                break;
            default:
                var item = node.Item!;
                var place = node.Shape == OptionShape.Map ? $"{path}:NAME" : $"{path}:0";
                if (item.Shape == OptionShape.Group)
                {
                    lines.Add(new OptionReferenceLine(path, node.Shape == OptionShape.Map ? "an object of names, each with the keys below" : "an array of objects with the keys below", "none", documentation.SummaryOf(key.Property)));
                    Add(lines, documentation, place, item, defaults: null);
                }
                else
                {
                    var inner = item.Shape == OptionShape.Map ? "objects of text" : OptionValue.Kind(item);
                    lines.Add(new OptionReferenceLine(
                        path, node.Shape == OptionShape.Map ? $"an object of names, each with {inner}" : $"an array of {inner}", "none", documentation.SummaryOf(key.Property)));
                }

                break;
        }
    }

    private static string Default(OptionNode node, object? value)
    {
        if (value is not string text || !Path.IsPathRooted(text)) return value is null ? "none" : OptionValue.Show(node, value);
        return text.StartsWith(EdgeHostPaths.Home, StringComparison.Ordinal) ? $"HOME{text[EdgeHostPaths.Home.Length..]}" : "see Places";
    }

    private static string Code(string text) => text is "none" or "see Places" ? text : $"`{text}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
