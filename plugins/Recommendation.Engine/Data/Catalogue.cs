namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// The items of one app's catalogue, numbered from 0 in ordinal order of their ids, whatever order they came in. Immutable, thread-safe.
/// </summary>
public sealed class Catalogue
{
    private readonly string[] _ids;
    private readonly CatalogueItem?[] _items;

    private Catalogue(string[] ids, CatalogueItem?[] items)
    {
        _ids = ids;
        _items = items;
    }

    /// <summary>A catalogue without items.</summary>
    public static Catalogue Empty { get; } = new([], []);

    /// <summary>How many items there are.</summary>
    public int Count => _ids.Length;

    /// <summary>The ids by number.</summary>
    public IReadOnlyList<string> Ids => _ids;

    internal ReadOnlySpan<string> IdSpan => _ids;

    /// <summary>Makes a catalogue.</summary>
    /// <param name="items">The items; of several with one id the last counts.</param>
    /// <param name="others">Ids without a description, which events named; those that are items already are ignored.</param>
    /// <exception cref="EdgeHostException">An id is empty (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public static Catalogue Create(IEnumerable<CatalogueItem> items, IEnumerable<string>? others = null)
    {
        var known = new Dictionary<string, CatalogueItem?>(StringComparer.Ordinal);
        foreach (var item in items) known[Checked(item.Id)] = item;
        foreach (var id in others ?? []) known.TryAdd(Checked(id), null);
        var ids = known.Keys.ToArray();
        Array.Sort(ids, StringComparer.Ordinal);
        return new Catalogue(ids, Array.ConvertAll(ids, id => known[id]));
    }

    /// <summary>The number of an item, or -1.</summary>
    public int IndexOf(string id)
    {
        var found = Array.BinarySearch(_ids, id, StringComparer.Ordinal);
        return found < 0 ? -1 : found;
    }

    /// <summary>The description of an item; null for one that only events named.</summary>
    public CatalogueItem? Find(int item) => _items[item];

    /// <summary>Some of the items alone.</summary>
    /// <param name="items">Their numbers, ascending.</param>
    internal Catalogue Restricted(ReadOnlySpan<int> items)
    {
        var (ids, described) = (new string[items.Length], new CatalogueItem?[items.Length]);
        for (var i = 0; i < items.Length; i++) (ids[i], described[i]) = (_ids[items[i]], _items[items[i]]);
        return new Catalogue(ids, described);
    }

    /// <summary>Where the items of this catalogue are in another one, -1 for those that it lacks; null when both have the same ids.</summary>
    internal int[]? MapTo(Catalogue other)
    {
        if (ReferenceEquals(this, other) || _ids.AsSpan().SequenceEqual(other._ids)) return null;
        return Array.ConvertAll(_ids, other.IndexOf);
    }

    private static string Checked(string id)
        => string.IsNullOrEmpty(id) ? throw new EdgeHostException(ErrorCode.InvalidArgument, "An item has an empty id. Give each item an id of its own.") : id;
}
