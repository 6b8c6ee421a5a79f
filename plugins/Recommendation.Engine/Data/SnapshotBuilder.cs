using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// Collects items and events, in any order and with duplicates, and makes a snapshot of them. 32 bytes an event, and as many again while it makes one. Not thread-safe.
/// </summary>
/// <param name="options">Limits and weights; null for the defaults.</param>
public sealed class SnapshotBuilder(SnapshotOptions? options = null)
{
    private readonly SnapshotOptions _options = options ?? new SnapshotOptions();
    private readonly Dictionary<string, CatalogueItem> _items = new(StringComparer.Ordinal);
    private readonly Names _itemNames = new();
    private readonly Names _userNames = new();
    private readonly Names _sessionNames = new();
    private readonly Names _typeNames = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<(int User, int Item, int Type, long Time)> _seen = [];
    private readonly List<RawEvent> _events = [];

    /// <summary>How many events were taken.</summary>
    public int EventCount => _events.Count;

    /// <summary>Puts an item in, or replaces the one of the same id.</summary>
    /// <exception cref="EdgeHostException">The item has no id (<see cref="ErrorCode.InvalidArgument"/>), or there are too many (<see cref="ErrorCode.ResourceExhausted"/>).</exception>
    public void Put(CatalogueItem item)
    {
        if (string.IsNullOrEmpty(item.Id)) throw new EdgeHostException(ErrorCode.InvalidArgument, "An item has an empty id. Give each item an id of its own.");
        _items[item.Id] = item;
        Bound(_items.Count, _options.MaxItems, "items");
    }

    /// <summary>Takes an event.</summary>
    /// <returns>False when the same event was there already; then nothing changes.</returns>
    /// <exception cref="EdgeHostException">A name is empty or the weight is NaN (<see cref="ErrorCode.InvalidArgument"/>), or there are too many events (<see cref="ErrorCode.ResourceExhausted"/>).</exception>
    public bool Record(in InteractionEvent recorded)
    {
        if (string.IsNullOrEmpty(recorded.User) || string.IsNullOrEmpty(recorded.Item) || string.IsNullOrEmpty(recorded.Type))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "An event needs a user, an item and a type, none of them empty.");
        }

        if (double.IsNaN(recorded.Weight)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The weight of an event with item '{recorded.Item}' is not a number.");
        Bound(_events.Count + 1, _options.MaxEvents, "events");
        var raw = new RawEvent(
            _userNames.NumberOf(recorded.User),
            _itemNames.NumberOf(recorded.Item),
            recorded.Session is null ? -1 : _sessionNames.NumberOf(recorded.Session),
            _typeNames.NumberOf(recorded.Type),
            (float)Math.Clamp(recorded.Weight, -_options.Weights.MaxWeight, _options.Weights.MaxWeight),
            recorded.Time);
        if (!_options.AreDistinct && !(recorded.Key is { } key ? _keys.Add(key) : _seen.Add((raw.User, raw.Item, raw.Type, raw.Time)))) return false;
        _events.Add(raw);
        return true;
    }

    /// <summary>Makes the snapshot. The builder may go on afterwards.</summary>
    /// <param name="now">Milliseconds since 1970: later times are taken as this one. Null takes times as they are.</param>
    public Snapshot Build(long? now = null)
    {
        var weights = _options.Weights;
        var ratings = RatingsOf(weights);
        var (hasItem, hasUser) = (new bool[_itemNames.Count], new bool[_userNames.Count]);
        foreach (ref readonly var raw in CollectionsMarshal.AsSpan(_events))
        {
            if (StrengthOf(raw, ratings) == 0) continue;
            hasItem[raw.Item] = true;
            hasUser[raw.User] = true;
        }

        var catalogue = Catalogue.Create(_items.Values, _itemNames.Where(hasItem));
        var users = _userNames.Where(hasUser).Order(StringComparer.Ordinal).ToArray();
        var (events, starts) = ByUser(_itemNames.NumbersIn(catalogue.IdSpan), _userNames.NumbersIn(users), users.Length, ratings, now);
        var histories = new UserHistory[users.Length];
        for (var user = 0; user < users.Length; user++) histories[user] = HistoryReader.Fold(events.AsSpan(starts[user]..starts[user + 1]));
        return new Snapshot(catalogue, users, histories, weights, ratings);
    }

    // Counted first and then put in place: no second list and no sort of all.
    private (FoldedEvent[] Events, int[] Starts) ByUser(int[] itemOf, int[] userOf, int users, (double Lowest, double Highest) ratings, long? now)
    {
        var starts = new int[users + 1];
        foreach (ref readonly var raw in CollectionsMarshal.AsSpan(_events))
        {
            if (StrengthOf(raw, ratings) != 0) starts[userOf[raw.User] + 1]++;
        }

        for (var user = 0; user < users; user++) starts[user + 1] += starts[user];
        var next = starts.AsSpan(0, users).ToArray();
        var events = new FoldedEvent[starts[^1]];
        foreach (ref readonly var raw in CollectionsMarshal.AsSpan(_events))
        {
            var strength = StrengthOf(raw, ratings);
            if (strength != 0) events[next[userOf[raw.User]]++] = new FoldedEvent(itemOf[raw.Item], strength, HistoryReader.Clamp(raw.Time, now), raw.Session < 0 ? null : _sessionNames[raw.Session]);
        }

        return (events, starts);
    }

    private double StrengthOf(in RawEvent raw, (double Lowest, double Highest) ratings) => _options.Weights.StrengthOf(_typeNames[raw.Type], raw.Weight, ratings);

    private (double Lowest, double Highest) RatingsOf(EventWeights weights)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var raw in CollectionsMarshal.AsSpan(_events))
        {
            if (!weights.IsRating(_typeNames[raw.Type])) continue;
            lowest = Math.Min(lowest, raw.Weight);
            highest = Math.Max(highest, raw.Weight);
        }

        return lowest <= highest ? (lowest, highest) : (0, 0);
    }

    private static void Bound(int count, int most, string what)
    {
        if (count > most) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"A snapshot holds at most {most} {what}. Forget old ones, or raise the limit.");
    }

    private readonly record struct RawEvent(int User, int Item, int Session, int Type, float Weight, long Time);

    /// <summary>Texts and their numbers in order of appearance.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public int Count => _names.Count;

        public string this[int number] => _names[number];

        public IEnumerable<string> Where(bool[] isWanted) => _names.Where((_, number) => isWanted[number]);

        public int NumberOf(string name)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out var known);
            if (known) return number;
            number = _names.Count;
            _names.Add(name);
            return number;
        }

        public int[] NumbersIn(ReadOnlySpan<string> sorted)
        {
            var result = new int[_names.Count];
            for (var i = 0; i < result.Length; i++) result[i] = sorted.BinarySearch(_names[i], StringComparer.Ordinal);
            return result;
        }
    }
}
