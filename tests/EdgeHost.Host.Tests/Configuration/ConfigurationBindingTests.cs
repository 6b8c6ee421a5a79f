using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.Host.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Tests.Configuration;

/// <summary>
/// The reader takes its keys from the options classes, the binder from code made at build time: whatever one knows, the other must carry. Holds for
/// options that are added later, too.
/// </summary>
public sealed class ConfigurationBindingTests
{
    public static TheoryData<string> Sections => [.. ConfigurationSections.All.Select(section => section.Name)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Bind_AFileThatSetsEveryKeyOfASection_ReachesEveryOption(string name)
    {
        var section = ConfigurationSections.All.Single(section => section.Name == name);
        var json = new JsonObject { [name] = Sample(section.Node, Activator.CreateInstance(section.Options)) };
        var (values, problems) = ConfigurationReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.Empty(problems);
        var services = new ServiceCollection();
        ConfigurationSections.Bind(services, new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        using var provider = services.BuildServiceProvider();

        var bound = provider.GetRequiredService(typeof(IOptions<>).MakeGenericType(section.Options));
        var options = bound.GetType().GetProperty("Value")!.GetValue(bound)!;

        Assert.Equal(
            values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value}"),
            Flatten(name, section.Node, options).Order(StringComparer.Ordinal));
    }

    // Everything differs from its default, so that a key that does not arrive is seen.
    private static JsonNode Sample(OptionNode node, object? value) => node.Shape switch
    {
        OptionShape.Group => new JsonObject(node.Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Sample(key.Node, value is null ? null : key.Property.GetValue(value))))),
        OptionShape.Map => new JsonObject { ["some.name"] = Sample(node.Item!, null) },
        OptionShape.List => new JsonArray(Sample(node.Item!, null)),
        _ => Value(node, value),
    };

    private static JsonValue Value(OptionNode node, object? value)
    {
        if (node.Type == typeof(bool)) return JsonValue.Create(!(value is true));
        if (node.Type == typeof(string)) return JsonValue.Create($"{value}x");
        if (node.Type == typeof(Uri)) return JsonValue.Create("https://example.org/other");
        if (node.Type == typeof(UnixFileMode)) return JsonValue.Create("0640");
        if (node.Type.IsEnum) return JsonValue.Create(Enum.GetNames(node.Type)[^1]);
        if (node.Type == typeof(TimeSpan)) return JsonValue.Create($"{(value is TimeSpan { TotalSeconds: > 0 } time ? time.TotalMilliseconds * 0.75 : 1500):0} ms");
        if (node.Type == typeof(double)) return JsonValue.Create(value is double real ? real * 0.75 : 0.5);
        return JsonValue.Create(value is null ? Math.Max(7, node.Range is { } range ? Convert.ToInt64(range.Minimum) : 7) : Math.Max(Convert.ToInt64(value) - 1, 2));
    }

    private static IEnumerable<string> Flatten(string path, OptionNode node, object? value)
    {
        switch (node.Shape)
        {
            case OptionShape.Group:
                return node.Keys.SelectMany(key => Flatten($"{path}:{key.Name}", key.Node, key.Property.GetValue(value)));
            case OptionShape.Map:
                var entries = new List<string>();
                foreach (DictionaryEntry entry in (IDictionary)value!) entries.AddRange(Flatten($"{path}:{entry.Key}", node.Item!, entry.Value));
                return entries;
            case OptionShape.List:
                return ((IEnumerable)value!).Cast<object?>().SelectMany((item, index) => Flatten($"{path}:{index}", node.Item!, item));
            default:
                return [$"{path} = {OptionValue.ToText(value!)}"];
        }
    }
}
