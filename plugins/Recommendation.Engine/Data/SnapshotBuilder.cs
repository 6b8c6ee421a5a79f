using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// Collects items and events, in any order and with duplicates, and makes a snapshot of them. 32 bytes an event. Not thread-safe.
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
        if (!(recorded.Key is { } key ? _keys.Add(key) : _seen.Add((raw.User, raw.Item, raw.Type, raw.Time)))) return false;
        _events.Add(raw);
        return true;
    }

    /// <summary>Makes the snapshot. The builder may go on afterwards.</summary>
    /// <param name="now">Milliseconds since 1970: later times are taken as this one. Null takes times as they are.</param>
    public Snapshot Build(long? now = null)
    {
        var weights = _options.Weights;
        var ratings = RatingsOf(weights);
        var counting = new List<RawEvent>(_events.Count);
        foreach (var raw in CollectionsMarshal.AsSpan(_events))
        {
            if (weights.StrengthOf(_typeNames[raw.Type], raw.Weight, ratings) != 0) counting.Add(raw);
        }

        var catalogue = Catalogue.Create(_items.Values, counting.Select(static raw => raw.Item).Distinct().Select(item => _itemNames[item]));
        var users = counting.Select(static raw => raw.User).Distinct().Select(user => _userNames[user]).Order(StringComparer.Ordinal).ToArray();
        var itemOf = _itemNames.NumbersIn(catalogue.IdSpan);
        var userOf = _userNames.NumbersIn(users);
        var events = new FoldedEvent[counting.Count];
        var owners = new int[counting.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var raw = counting[i];
            events[i] = new FoldedEvent(
                itemOf[raw.Item],
                weights.StrengthOf(_typeNames[raw.Type], raw.Weight, ratings),
                HistoryReader.Clamp(raw.Time, now),
                raw.Session < 0 ? null : _sessionNames[raw.Session]);
            owners[i] = userOf[raw.User];
        }

        Array.Sort(owners, events);
        var histories = new UserHistory[users.Length];
        for (int start = 0, user = 0; user < users.Length; user++)
        {
            var end = start;
            while (end < owners.Length && owners[end] == user) end++;
            histories[user] = HistoryReader.Fold(events.AsSpan(start, end - start));
            start = end;
        }

        return new Snapshot(catalogue, users, histories, weights, ratings);
    }

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

        public string this[int number] => _names[number];

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
