using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// Reads a user's events into a history: what makes an event count with the very next list, without a rebuild. The same events give the same history as in a snapshot. Thread-safe.
/// </summary>
/// <param name="catalogue">The items that the history is numbered by.</param>
/// <param name="weights">How much events count.</param>
/// <param name="ratings">The lowest and highest rating, as the snapshot says (<see cref="Snapshot.Ratings"/>).</param>
public sealed class HistoryReader(Catalogue catalogue, EventWeights weights, (double Lowest, double Highest) ratings)
{
    private static readonly long FirstTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Reads the events of one user, in any order. Duplicates count once; items that the catalogue lacks are left out.</summary>
    /// <param name="events">The events; whose they are is not looked at.</param>
    /// <param name="now">Milliseconds since 1970: later times are taken as this one. Null takes times as they are.</param>
    /// <exception cref="EdgeHostException">A weight is NaN (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public UserHistory Read(IEnumerable<InteractionEvent> events, long? now = null)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<(int Item, string Type, long Time)>();
        var folded = new List<FoldedEvent>();
        foreach (var recorded in events)
        {
            var item = catalogue.IndexOf(recorded.Item);
            if (item < 0 || !(recorded.Key is { } key ? keys.Add(key) : seen.Add((item, recorded.Type, recorded.Time)))) continue;
            // Weights are kept in single precision in snapshots; the same here, so that both agree to the bit.
            var strength = weights.StrengthOf(recorded.Type, (float)Math.Clamp(recorded.Weight, -weights.MaxWeight, weights.MaxWeight), ratings);
            if (strength != 0) folded.Add(new FoldedEvent(item, strength, Clamp(recorded.Time, now), recorded.Session));
        }

        return Fold(CollectionsMarshal.AsSpan(folded));
    }

    internal static long Clamp(long time, long? now) => Math.Clamp(time, FirstTime, Math.Min(now ?? LastTime, LastTime));

    /// <summary>Adds the events up, one entry an item, oldest first. Sorts <paramref name="events"/>.</summary>
    internal static UserHistory Fold(Span<FoldedEvent> events)
    {
        events.Sort(FoldedEvent.Compare);
        var entries = new List<(long Time, int Item, float Value, string? Session)>();
        for (var start = 0; start < events.Length;)
        {
            var sum = 0.0;
            var end = start;
            for (; end < events.Length && events[end].Item == events[start].Item; end++) sum += events[end].Strength;
            var newest = events[end - 1];
            entries.Add((newest.Time, newest.Item, EventWeights.Saturate(sum), newest.Session));
            start = end;
        }

        entries.Sort(static (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Item.CompareTo(b.Item));
        var sessions = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new int[entries.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (entries[i].Session is not { } session) numbers[i] = -1;
            else if (!sessions.TryGetValue(session, out numbers[i])) sessions[session] = numbers[i] = sessions.Count;
        }

        return new UserHistory([.. entries.Select(static e => e.Item)], [.. entries.Select(static e => e.Value)], [.. entries.Select(static e => e.Time)], numbers);
    }
}
