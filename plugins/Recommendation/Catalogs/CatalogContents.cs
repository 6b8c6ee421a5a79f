using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Storage;
using AttributeValue = EdgeHost.Capabilities.Recommendation.AttributeValue;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What is in a catalogue's database, as far as it is needed in memory. Changed in the catalogue's turn alone; <see cref="Stamp"/> may be read at any time.</summary>
internal sealed class CatalogContents
{
    private readonly Dictionary<string, CatalogueItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isNumber = new(StringComparer.Ordinal);
    private readonly SharedValues _shared = new();
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly ItemContents _vectors;
    private readonly Dictionary<string, ReadOnlyMemory<float>> _own = new(StringComparer.Ordinal);
    private long _stamp;
    private int _ownLength;

    private CatalogContents(EmbeddingOptions options) => _vectors = new ItemContents(options);

    /// <summary>Changes with the items.</summary>
    public long Stamp => Interlocked.Read(ref _stamp);

    /// <summary>How often something was forgotten.</summary>
    public long Epoch { get; private set; }

    public int ItemCount => _items.Count;

    public int UserCount => _users.Count;

    public long EventCount { get; private set; }

    /// <summary>The number of the newest event.</summary>
    public long LastEvent { get; private set; }

    /// <summary>Items that were put since the models were built.</summary>
    public int NewItems { get; set; }

    /// <summary>Reads what there is.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="options">How texts and pictures become vectors.</param>
    /// <param name="after">The stamp of what was read of it before, or -1.</param>
    public static CatalogContents Read(CatalogDatabase database, EmbeddingOptions options, long after)
    {
        var stamp = database.Fact(Facts.ItemsStamp);
        var contents = new CatalogContents(options) { _stamp = stamp >= after ? stamp : after + 1 };
        foreach (var item in database.Items()) contents.Keep(item);
        contents.Join(database, []);
        foreach (var (name, isNumber) in database.Attributes()) contents._isNumber[name] = isNumber;
        contents.ReadEvents(database);
        return contents;
    }

    /// <summary>The items, independent of later changes.</summary>
    public CatalogueItem[] Items() => [.. _items.Values];

    public bool HasItem(string id) => _items.ContainsKey(id);

    public bool HasUser(string user) => _users.Contains(user);

    /// <summary>Whether an attribute is of numbers; null for one that no item has.</summary>
    public bool? IsNumber(string attribute) => _isNumber.TryGetValue(attribute, out var isNumber) ? isNumber : null;

    /// <summary>Puts items: into the database, and here when that has succeeded.</summary>
    /// <exception cref="EdgeHostException">An item does not go with those that are there, or there are too many.</exception>
    public void Put(CatalogDatabase database, IReadOnlyList<CatalogItem> items, RecommendationOptions options)
    {
        var kinds = new Dictionary<string, bool>(StringComparer.Ordinal);
        var added = new HashSet<string>(StringComparer.Ordinal);
        var length = _ownLength;
        database.Transaction(() =>
        {
            foreach (var item in items)
            {
                foreach (var (name, value) in item.Attributes ?? new Dictionary<string, AttributeValue>()) CheckKind(item.Item, name, value.Number is not null, kinds);
                if (item.Embedding is { } vector)
                {
                    if (length == 0) length = vector.Values.Length;
                    if (vector.Values.Length != length)
                    {
                        throw new EdgeHostException(ErrorCode.InvalidArgument, $"The embedding of item '{item.Item}' has {vector.Values.Length} numbers, those of this catalogue have {length}. Use one model for all items, or forget the catalogue first.");
                    }
                }

                if (!_items.ContainsKey(item.Item)) added.Add(item.Item);
                database.PutItem(WithoutImage(item));
                _vectors.Want(database.Content, item);
            }

            if (_items.Count + added.Count > options.MaxItems)
            {
                throw Limits.Reached("items of a catalogue", options.MaxItems, "max_items", "Forget items that are gone");
            }

            if (_isNumber.Count + kinds.Count > options.MaxAttributes) throw Limits.Reached("attributes of a catalogue", options.MaxAttributes, "max_attributes", "Use tags");
            foreach (var (name, isNumber) in kinds) database.PutAttribute(name, isNumber);
            database.SetFact(Facts.ItemsStamp, _stamp + 1);
            return 0;
        });
        foreach (var (name, isNumber) in kinds) _isNumber[name] = isNumber;
        foreach (var item in items) Keep(item);
        Join(database, items.Select(static item => item.Item));
        NewItems += items.Count;
        Interlocked.Increment(ref _stamp);
    }

    /// <summary>Adds events: to the database, and here when that has succeeded.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there are too many.</exception>
    public int Record(CatalogDatabase database, IReadOnlyList<UserEvent> events, RecommendationOptions options)
    {
        var users = new HashSet<string>(StringComparer.Ordinal);
        var accepted = database.Transaction(() =>
        {
            var added = 0;
            foreach (var recorded in events)
            {
                var weight = recorded.Weight ?? 1;
                if (!database.AddEvent(recorded, weight, options.Weights.StrengthOf(recorded.Type, weight, (0, 0)) > 0)) continue;
                added++;
                if (!_users.Contains(recorded.User)) users.Add(recorded.User);
            }

            if (EventCount + added > options.MaxEvents) throw Limits.Reached("events of a catalogue", options.MaxEvents, "max_events", "Forget old ones ('to')");
            if (_users.Count + users.Count > options.MaxUsers) throw Limits.Reached("users of a catalogue", options.MaxUsers, "max_users", "Forget some");
            return added;
        });
        if (accepted == 0) return 0;
        _users.UnionWith(users);
        EventCount += accepted;
        LastEvent = database.LastEvent();
        return accepted;
    }

    /// <summary>The description of an item; null for one that is not there.</summary>
    public CatalogueItem? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>Takes vectors that were made: into the database, and here when that has succeeded.</summary>
    public void Embedded(CatalogDatabase database, IReadOnlyList<ContentVector> made)
    {
        database.Transaction(() =>
        {
            foreach (var vector in made) database.Content.Put(vector);
            return 0;
        });
        Join(database, made.Select(static vector => vector.Item));
        database.SetFact(Facts.ItemsStamp, Interlocked.Increment(ref _stamp));
    }

    /// <summary>Reads anew after something was deleted.</summary>
    public void Forgot(CatalogDatabase database, string? item)
    {
        if (item is not null)
        {
            _items.Remove(item);
            _own.Remove(item);
        }

        ReadEvents(database);
        database.SetFact(Facts.ItemsStamp, Interlocked.Increment(ref _stamp));
    }

    private void ReadEvents(CatalogDatabase database)
    {
        _users.Clear();
        _users.UnionWith(database.Users());
        EventCount = database.EventCount();
        LastEvent = database.LastEvent();
        Epoch = database.Fact(Facts.Epoch);
    }

    private void CheckKind(string item, string name, bool isNumber, Dictionary<string, bool> kinds)
    {
        if (!_isNumber.TryGetValue(name, out var known) && !kinds.TryGetValue(name, out known))
        {
            kinds.Add(name, isNumber);
            return;
        }

        if (known == isNumber) return;
        throw new EdgeHostException(
            ErrorCode.InvalidArgument, $"The attribute '{name}' of item '{item}' is {KindOf(isNumber)}, but in this catalogue it is {KindOf(known)}. Send it as {KindOf(known)}, or under another name.");
    }

    private static string KindOf(bool isNumber) => isNumber ? "a number" : "a text";

    private void Keep(CatalogItem item)
    {
        if (item.Embedding is { } vector) (_own[item.Item], _ownLength) = (vector.Values, vector.Values.Length);
        else _own.Remove(item.Item);
        _items[item.Item] = _shared.Describe(item);
    }

    // Vectors of these items; of all where they are joined in another manner than before.
    private void Join(CatalogDatabase database, IEnumerable<string> items)
    {
        var content = database.Content;
        if (!_vectors.Look(content, _ownLength))
        {
            foreach (var item in items) Describe(item, _vectors.VectorOf(content, item, OwnOf(item)));
            return;
        }

        foreach (var item in _items.Keys.ToList()) Describe(item, _vectors.Join(OwnOf(item), []));
        foreach (var (item, made) in _vectors.All(content)) Describe(item, _vectors.Join(OwnOf(item), made));
    }

    private ReadOnlyMemory<float> OwnOf(string item) => _own.GetValueOrDefault(item);

    private void Describe(string item, ReadOnlyMemory<float> vector)
    {
        if (_items.TryGetValue(item, out var described) && !described.Embedding.Equals(vector)) _items[item] = described with { Embedding = vector };
    }

    // Pictures lie apart, so that they are read only where they are turned into vectors.
    private static CatalogItem WithoutImage(CatalogItem item) => item.Image is null
        ? item
        : new CatalogItem { Item = item.Item, Title = item.Title, Text = item.Text, Tags = item.Tags, Attributes = item.Attributes, Embedding = item.Embedding };
}
