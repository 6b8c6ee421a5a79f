using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>The histories of those who asked of late, in the numbers of one catalogue each. Read at any time, so that a list need not wait for its catalogue's turn; changed in the turn alone.</summary>
internal sealed class UserHistories
{
    // About 20 MB.
    private const int MostEntries = 1_000_000;
    private const int MostUsers = 10_000;

    private readonly ConcurrentDictionary<string, (Catalogue Catalogue, UserHistory History)> _known = new(StringComparer.Ordinal);
    private long _entries;

    /// <summary>What a user did, if it is known.</summary>
    public bool TryGet(Catalogue catalogue, string user, [NotNullWhen(true)] out UserHistory? history)
    {
        history = _known.TryGetValue(user, out var known) && ReferenceEquals(known.Catalogue, catalogue) ? known.History : null;
        return history is not null;
    }

    /// <summary>Keeps what a user did.</summary>
    public void Put(Catalogue catalogue, string user, UserHistory history)
    {
        if (history.Count > MostEntries) return;
        if (_entries + history.Count > MostEntries || _known.Count >= MostUsers) Clear();
        Remove(user);
        _known[user] = (catalogue, history);
        _entries += history.Count;
    }

    /// <summary>The user did something.</summary>
    public void Remove(string user)
    {
        if (_known.TryRemove(user, out var removed)) _entries -= removed.History.Count;
    }

    /// <summary>Nothing holds any more.</summary>
    public void Clear()
    {
        _known.Clear();
        _entries = 0;
    }
}
