using System.Collections;
using System.Globalization;
using EdgeHost.Host.Apps;
using EdgeHost.Host.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Configuration;

/// <summary>The options as a host started with these settings would have them: defaults, then the file, then the command line, validated.</summary>
internal static class EffectiveOptions
{
    /// <summary>Every value with its origin; a problem a line where options are not valid.</summary>
    public static (IReadOnlyList<OptionLine> Lines, IReadOnlyList<string> Problems) Read(HostSettings settings)
    {
        settings = settings with { Apps = AppsFile.Load(settings.Home) };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEdgeHostOptions(settings);
        using var provider = services.BuildServiceProvider();
        var lines = new List<OptionLine>();
        var problems = new List<string>();
        foreach (var section in ConfigurationSections.All)
        {
            try
            {
                var accessor = provider.GetRequiredService(typeof(IOptions<>).MakeGenericType(section.Options));
                var options = accessor.GetType().GetProperty(nameof(IOptions<object>.Value))!.GetValue(accessor)!;
                Walk(lines, settings, section.Name, section.Name, section.Node, options);
            }
            catch (System.Reflection.TargetInvocationException e) when (e.InnerException is OptionsValidationException invalid)
            {
                problems.AddRange(invalid.Failures.Select(failure => Named(section.Name, failure)));
            }
        }

        return (lines, problems);
    }

    /// <summary>A validator's message with its section in front, where it does not begin with it itself.</summary>
    public static string Named(string section, string failure)
        => failure.StartsWith($"{section}:", StringComparison.Ordinal) ? failure : $"{section}:{failure}";

    private static void Walk(List<OptionLine> lines, HostSettings settings, string path, string pathInFile, OptionNode node, object? value)
    {
        var isEmpty = value is ICollection { Count: 0 } || (value is IEnumerable items and not string && !items.Cast<object>().Any());
        if (node.Shape == OptionShape.Value || value is null || isEmpty)
        {
            lines.Add(new OptionLine(path, isEmpty ? node.Shape == OptionShape.Map ? "{}" : "[]" : OptionSecrets.Shown(path, OptionValue.Show(node, value)), Origin(settings, pathInFile)));
            return;
        }

        // What the file has of a list comes behind what was there before it.
        var before = node.Shape == OptionShape.List ? ((IEnumerable)value).Cast<object?>().Count() - CountInFile(settings, pathInFile) : 0;
        var index = 0;
        foreach (var (name, child, content) in Children(node, value))
        {
            var nameInFile = node.Shape == OptionShape.List ? (index++ - before).ToString(CultureInfo.InvariantCulture) : name;
            Walk(lines, settings, $"{path}:{name}", $"{pathInFile}:{nameInFile}", child, content);
        }
    }

    private static IEnumerable<(string Name, OptionNode Node, object? Content)> Children(OptionNode node, object value) => node.Shape switch
    {
        OptionShape.Group => node.Keys.Select(key => (key.Name, key.Node, key.Property.GetValue(value))),
        OptionShape.Map => Entries(value).Select(entry => (entry.Key, node.Item!, entry.Value)),
        _ => ((IEnumerable)value).Cast<object?>().Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), node.Item!, item)),
    };

    // Every dictionary of the options classes is a Dictionary<string, T>.
    private static IEnumerable<(string Key, object? Value)> Entries(object map)
    {
        foreach (DictionaryEntry entry in (IDictionary)map) yield return ((string)entry.Key, entry.Value);
    }

    private static int CountInFile(HostSettings settings, string path)
        => new[] { settings.Configuration, settings.Apps }.Sum(source => source?.Root.GetSection(path).GetChildren().Count() ?? 0);

    private static string Origin(HostSettings settings, string path)
    {
        if (settings.Overrides.TryGetValue(path, out var origin)) return origin;
        if (settings.Configuration?.OriginOf(path) is { } configured) return configured;

        // Items of a list are numbered on behind those of the configuration file.
        var end = path.LastIndexOf(':');
        var isItem = int.TryParse(path.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return settings.Apps?.OriginOf(isItem ? path[..end] : path) is null ? OptionLine.FromDefault : OptionLine.FromApps;
    }
}
