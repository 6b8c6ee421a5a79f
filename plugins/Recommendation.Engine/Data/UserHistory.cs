namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// What one user did with the items of a catalogue, oldest first, one entry an item: its strength (-2 to 2, see <see cref="EventWeights"/>; below zero for what the user rejects)
/// and the time of the newest event. Immutable, thread-safe; cheap to make, so that a new event counts with the next list.
/// </summary>
public sealed class UserHistory
{
    private readonly int[] _items;
    private readonly float[] _values;
    private readonly long[] _times;
    private readonly int[] _sessions;

    internal UserHistory(int[] items, float[] values, long[] times, int[] sessions)
    {
        _items = items;
        _values = values;
        _times = times;
        _sessions = sessions;
    }

    /// <summary>A user of whom nothing is known.</summary>
    public static UserHistory Empty { get; } = new([], [], [], []);

    /// <summary>How many items the user met.</summary>
    public int Count => _items.Length;

    /// <summary>The items' numbers in their catalogue, oldest first.</summary>
    public ReadOnlySpan<int> Items => _items;

    /// <summary>The strengths.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The times of the newest events, in milliseconds since 1970.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>Numbers of sessions: equal for items of one session; -1 where the app named none.</summary>
    public ReadOnlySpan<int> Sessions => _sessions;

    /// <summary>The history of somebody who saw just these items, in this order, all at once; for what is similar to items and for what comes next.</summary>
    public static UserHistory Of(params ReadOnlySpan<int> items)
    {
        var values = new float[items.Length];
        Array.Fill(values, 1);
        var sessions = new int[items.Length];
        Array.Fill(sessions, -1);
        return new UserHistory(items.ToArray(), values, new long[items.Length], sessions);
    }

    /// <summary>Writes the strengths after decay; as many as <see cref="Count"/>.</summary>
    public void WriteWeights(HistoryDecay decay, Span<float> weights)
    {
        if (decay == HistoryDecay.None)
        {
            _values.CopyTo(weights);
            return;
        }

        for (var i = 0; i < _items.Length; i++)
        {
            weights[i] = (float)(_values[i] * decay.Factor((double)_times[^1] - _times[i], _items.Length - 1 - i));
        }
    }

    /// <summary>The same history in the numbers of another catalogue; items that it lacks (-1 in <paramref name="map"/>) are left out.</summary>
    internal UserHistory Mapped(int[] map) => Keeping(i => map[_items[i]] >= 0, item => map[item]);

    /// <summary>The newest entries alone.</summary>
    internal UserHistory Newest(int count) => Keeping(i => i >= _items.Length - count, static item => item);

    /// <summary>The history without the entries at some places.</summary>
    internal UserHistory Without(HashSet<int> places) => Keeping(i => !places.Contains(i), static item => item);

    private UserHistory Keeping(Func<int, bool> keeps, Func<int, int> number)
    {
        var kept = Enumerable.Range(0, _items.Length).Where(keeps).ToArray();
        return new UserHistory(
            Array.ConvertAll(kept, i => number(_items[i])),
            Array.ConvertAll(kept, i => _values[i]),
            Array.ConvertAll(kept, i => _times[i]),
            Array.ConvertAll(kept, i => _sessions[i]));
    }
}
