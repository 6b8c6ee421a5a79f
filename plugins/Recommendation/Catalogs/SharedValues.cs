using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using AttributeValue = EdgeHost.Plugins.Recommendation.Engine.Data.AttributeValue;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// What many items of a catalogue say alike, held once: tags, names of attributes and their single texts are most of what a large catalogue takes in memory. Not thread-safe; what it gives is immutable.
/// </summary>
internal sealed class SharedValues
{
    // Where nearly each item says something of its own, sharing brings nothing: later texts are held by their items.
    private const int MostTexts = 100_000;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal);

    /// <summary>An item as the models know it.</summary>
    public CatalogueItem Describe(CatalogItem item) => new()
    {
        Id = item.Item,
        Title = item.Title,
        Text = item.Text,
        Tags = item.Tags is { Count: > 0 } tags ? [.. tags.Select(TextOf)] : [],
        Attributes = item.Attributes is { Count: > 0 } attributes ? AttributesOf(attributes) : FewAttributes.None,
        Embedding = item.Embedding?.Values ?? default,
    };

    private IReadOnlyDictionary<string, AttributeValue> AttributesOf(IReadOnlyDictionary<string, Capabilities.Recommendation.AttributeValue> attributes)
    {
        if (attributes.Count > FewAttributes.Most) return attributes.ToDictionary(static x => x.Key, x => ValueOf(x.Value), StringComparer.Ordinal);
        string[] names = [.. attributes.Keys.Order(StringComparer.Ordinal)];
        return new FewAttributes(NamesOf(names), Array.ConvertAll(names, name => ValueOf(attributes[name])));
    }

    private AttributeValue ValueOf(Capabilities.Recommendation.AttributeValue value)
    {
        if (value.Number is { } number) return AttributeValue.Of(number);
        if (value.Texts is not [var text]) return AttributeValue.Of(value.Texts.Select(TextOf));
        if (_values.TryGetValue(text, out var known)) return known;
        var made = AttributeValue.Of(TextOf(text));
        if (_values.Count < MostTexts) _values.Add(text, made);
        return made;
    }

    private string TextOf(string text)
    {
        if (_texts.TryGetValue(text, out var known)) return known;
        if (_texts.Count < MostTexts) _texts.Add(text, text);
        return text;
    }

    private string[] NamesOf(string[] names)
    {
        // Lengths, as names may hold any character.
        var key = string.Concat(names.Select(static name => $"{name.Length}:{name}"));
        if (_names.TryGetValue(key, out var known)) return known;
        string[] shared = [.. names.Select(TextOf)];
        if (_names.Count < MostTexts) _names.Add(key, shared);
        return shared;
    }
}
