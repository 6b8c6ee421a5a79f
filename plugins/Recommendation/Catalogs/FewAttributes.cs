using System.Collections;
using System.Diagnostics.CodeAnalysis;
using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>Some attributes of an item, in less memory than a dictionary takes; the names may be shared with other items. Immutable.</summary>
/// <param name="names">In ordinal order, each once.</param>
/// <param name="values">The value of each.</param>
internal sealed class FewAttributes(string[] names, AttributeValue[] values) : IReadOnlyDictionary<string, AttributeValue>
{
    /// <summary>With more a dictionary finds them quicker.</summary>
    public const int Most = 16;

    /// <summary>No attributes.</summary>
    public static FewAttributes None { get; } = new([], []);

    public int Count => names.Length;

    public IEnumerable<string> Keys => names;

    public IEnumerable<AttributeValue> Values => values;

    public AttributeValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no attribute '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out AttributeValue value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] != key) continue;
            value = values[i];
            return true;
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => names.Zip(values, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
