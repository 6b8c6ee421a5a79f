namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>For each item the users with a positive strength, ascending: the interactions by columns. Immutable.</summary>
internal sealed class ItemColumns
{
    private readonly int[] _starts;
    private readonly int[] _users;
    private readonly float[] _values;

    private ItemColumns(int[] starts, int[] users, float[] values)
    {
        _starts = starts;
        _users = users;
        _values = values;
    }

    public int ItemCount => _starts.Length - 1;

    public static ItemColumns Create(int itemCount, ReadOnlySpan<UserHistory> histories)
    {
        var starts = new int[itemCount + 1];
        foreach (var history in histories)
        {
            for (var i = 0; i < history.Count; i++)
            {
                if (history.Values[i] > 0) starts[history.Items[i] + 1]++;
            }
        }

        for (var i = 0; i < itemCount; i++) starts[i + 1] = checked(starts[i + 1] + starts[i]);
        var users = new int[starts[^1]];
        var values = new float[starts[^1]];
        var next = starts.AsSpan(0, itemCount).ToArray();
        for (var user = 0; user < histories.Length; user++)
        {
            var history = histories[user];
            for (var i = 0; i < history.Count; i++)
            {
                if (history.Values[i] <= 0) continue;
                var place = next[history.Items[i]]++;
                users[place] = user;
                values[place] = history.Values[i];
            }
        }

        return new ItemColumns(starts, users, values);
    }

    public int CountOf(int item) => _starts[item + 1] - _starts[item];

    public ReadOnlySpan<int> UsersOf(int item) => _users.AsSpan(_starts[item]..^(_users.Length - _starts[item + 1]));

    public ReadOnlySpan<float> ValuesOf(int item) => _values.AsSpan(_starts[item]..^(_values.Length - _starts[item + 1]));

    /// <summary>The items with at least <paramref name="least"/> users, the most frequent first (then by number), at most <paramref name="most"/>.</summary>
    public int[] MostFrequent(int most, int least = 1)
        => [.. Enumerable.Range(0, ItemCount).Where(item => CountOf(item) >= least).OrderByDescending(CountOf).ThenBy(static item => item).Take(most)];
}
