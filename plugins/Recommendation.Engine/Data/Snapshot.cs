namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// A catalogue and everything that its users did, at one moment: what models are built of. It depends on which items and events there are and not on the order they came in, so a model
/// of a snapshot from which something was forgotten is, bit by bit, the model of one that never had it. Immutable, thread-safe.
/// </summary>
public sealed class Snapshot
{
    private readonly string[] _users;
    private readonly UserHistory[] _histories;
    private readonly Lazy<ItemColumns> _columns;

    internal Snapshot(Catalogue catalogue, string[] users, UserHistory[] histories, EventWeights weights, (double Lowest, double Highest) ratings)
    {
        Catalogue = catalogue;
        Weights = weights;
        Ratings = ratings;
        _users = users;
        _histories = histories;
        _columns = new Lazy<ItemColumns>(() => ItemColumns.Create(catalogue.Count, histories));
    }

    /// <summary>The items.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>The users in ordinal order of their ids; only those with an event that counts.</summary>
    public IReadOnlyList<string> Users => _users;

    /// <summary>How the events were weighed.</summary>
    public EventWeights Weights { get; }

    /// <summary>The lowest and the highest rating; both 0 without ratings.</summary>
    public (double Lowest, double Highest) Ratings { get; }

    /// <summary>How many pairs of a user and an item there are.</summary>
    public long InteractionCount => _histories.Sum(static history => (long)history.Count);

    internal ReadOnlySpan<UserHistory> Histories => _histories;

    /// <summary>Who did something positive with each item.</summary>
    internal ItemColumns Columns => _columns.Value;

    /// <summary>The number of a user, or -1.</summary>
    public int IndexOfUser(string user)
    {
        var found = Array.BinarySearch(_users, user, StringComparer.Ordinal);
        return found < 0 ? -1 : found;
    }

    /// <summary>What the user with this number did.</summary>
    public UserHistory HistoryOf(int user) => _histories[user];

    /// <summary>What the user did; empty for an unknown one.</summary>
    public UserHistory HistoryOf(string user) => IndexOfUser(user) is >= 0 and var index ? _histories[index] : UserHistory.Empty;

    /// <summary>The same users with some of the items alone, numbered anew.</summary>
    /// <param name="items">Their numbers, ascending.</param>
    internal Snapshot Restricted(ReadOnlySpan<int> items)
    {
        var map = new int[Catalogue.Count];
        Array.Fill(map, -1);
        for (var i = 0; i < items.Length; i++) map[items[i]] = i;
        return new Snapshot(Catalogue.Restricted(items), _users, Array.ConvertAll(_histories, history => history.Count == 0 ? history : history.Mapped(map)), Weights, Ratings);
    }

    /// <summary>The same items and users with other histories: what validation builds on.</summary>
    internal Snapshot With(UserHistory[] histories) => new(Catalogue, _users, histories, Weights, Ratings);
}
