using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>
/// Which items have which attributes: made once for a catalogue, so that filters cost no walk over its items. Immutable, thread-safe.
/// </summary>
public sealed class AttributeIndex
{
    /// <summary>What tags are called in conditions and caps.</summary>
    public const string Tags = "tags";

    private readonly Dictionary<(string Name, string Text), List<int>> _texts = [];
    private readonly Dictionary<string, List<int>> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double[] Values, int[] Items)> _numbers = new(StringComparer.Ordinal);

    /// <summary>Reads the attributes of a catalogue.</summary>
    public AttributeIndex(Catalogue catalogue)
    {
        Catalogue = catalogue;
        var numbers = new Dictionary<string, List<(double Value, int Item)>>(StringComparer.Ordinal);
        for (var item = 0; item < catalogue.Count; item++)
        {
            if (catalogue.Find(item) is not { } described) continue;
            AddTexts(Tags, described.Tags, item);
            foreach (var (name, value) in described.Attributes)
            {
                AddTexts(name, value.Texts, item);
                if (value.Number is not { } number) continue;
                Of(numbers, name).Add((number, item));
                Of(_named, name).Add(item);
            }
        }

        foreach (var (name, list) in numbers)
        {
            list.Sort();
            _numbers[name] = ([.. list.Select(static x => x.Value)], [.. list.Select(static x => x.Item)]);
        }
    }

    /// <summary>The items that it is of.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>The items for which all conditions hold.</summary>
    public ItemSet Match(IEnumerable<AttributeCondition> conditions)
    {
        var result = new ItemSet(Catalogue.Count, full: true);
        foreach (var condition in conditions) result.IntersectWith(condition.Not ? Match(condition).Complement() : Match(condition));
        return result;
    }

    private ItemSet Match(AttributeCondition condition)
    {
        var result = SetOf(_named.GetValueOrDefault(condition.Attribute) ?? []);
        if (condition.AnyOf is { } texts) result.IntersectWith(SetOf(texts.SelectMany(text => _texts.GetValueOrDefault((condition.Attribute, text)) ?? [])));
        if (condition.Least is not null || condition.Greatest is not null) result.IntersectWith(Between(condition));
        return result;
    }

    private ItemSet Between(AttributeCondition condition)
    {
        var (values, items) = _numbers.GetValueOrDefault(condition.Attribute, ([], []));
        var first = condition.Least is { } least ? LowerBound(values, least) : 0;
        var set = new ItemSet(Catalogue.Count);
        for (var i = first; i < values.Length && !(values[i] > (condition.Greatest ?? double.PositiveInfinity)); i++) set.Add(items[i]);
        return set;
    }

    private static int LowerBound(double[] values, double least)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle] < least) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private ItemSet SetOf(IEnumerable<int> items)
    {
        var set = new ItemSet(Catalogue.Count);
        foreach (var item in items) set.Add(item);
        return set;
    }

    private void AddTexts(string name, IReadOnlyList<string> texts, int item)
    {
        foreach (var text in texts.Distinct(StringComparer.Ordinal)) Of(_texts, (name, text)).Add(item);
        if (texts.Count > 0) Of(_named, name).Add(item);
    }

    private static List<TValue> Of<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}
