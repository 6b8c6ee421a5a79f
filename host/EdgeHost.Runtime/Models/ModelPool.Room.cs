using System.Globalization;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Models;

/// <content>Making room in the budget, and refusing where there is none.</content>
internal sealed partial class ModelPool
{
    private const int MostHoldersNamed = 5;
    private const string NeededBytes = "needed_bytes";

    /// <summary>Whether the budget had no room, told apart from other exhaustion: what waits may fit once something left.</summary>
    private static bool IsOverBudget(EdgeHostException e) => e.Code == ErrorCode.ResourceExhausted && e.Details.ContainsKey(NeededBytes);

    // Under the lock. Takes out idle models that nobody pins, lowest rank first, until the bytes fit; changes nothing if they cannot.
    private bool TryMakeRoom(long bytes, string reason, ref PoolEffects effects, VersionRoom room = default)
    {
        if (bytes <= 0) return true;
        if (bytes > _ledger.EffectiveBytes) return false;
        var missing = _ledger.Missing(bytes);
        if (missing <= 0) return true;
        var victims = Victims(room);
        if (victims.Sum(entry => entry.Bytes) < missing) return false;
        Evict(victims, missing, reason, ref effects);
        return true;
    }

    // Under the lock. Takes out what can go towards these bytes, also where that is not enough: for growth that has happened already.
    private void MakeWhatRoomThereIs(long bytes, string reason, ref PoolEffects effects)
    {
        var missing = _ledger.Missing(bytes);
        if (missing > 0) Evict(Victims(default), missing, reason, ref effects);
    }

    // Under the lock. Growth or pressure put the use above the budget while everything was in use; what is idle now goes.
    private void SettleExcess(ref PoolEffects effects)
    {
        if (_ledger.ExcessBytes > 0) Evict(Victims(default), _ledger.ExcessBytes, "the pool was over its budget", ref effects);
    }

    // Under the lock. In the order they leave.
    private ModelEntry[] Victims(VersionRoom room)
    {
        var victims = _entries.Values.Where(entry => entry.IsIdle && !room.Spares(entry) && (entry.PinnedBy.Count == 0 || MayReplace(room, entry))).ToArray();
        Array.Sort(victims, static (x, y) => x.Rank.CompareTo(y.Rank));
        return victims;
    }

    // Under the lock.
    private void Evict(ModelEntry[] victims, long missing, string reason, ref PoolEffects effects)
    {
        foreach (var victim in victims)
        {
            if (missing <= 0) return;
            missing -= victim.Bytes;
            _ranking.Evicted(victim.Rank);
            Leave(victim, reason, ref effects);
        }
    }

    // Under the lock.
    private EdgeHostException OverBudget(string what, long needed, ModelEntry? except)
    {
        var budget = _ledger.EffectiveBytes;
        var holders = _entries.Values.Concat(_outside)
            .Where(entry => entry != except && entry.Bytes > 0 && !entry.IsEvictable && !entry.CountsAsFree)
            .OrderByDescending(entry => entry.Bytes)
            .ToArray();
        var held = holders.Sum(entry => entry.Bytes) + _ledger.LargeValueBytes;
        var parts = holders.Take(MostHoldersNamed).Select(DescribeHolder).ToList();
        if (holders.Length > MostHoldersNamed) parts.Add($"{holders.Length - MostHoldersNamed} more models");
        if (_ledger.LargeValueBytes > 0) parts.Add($"large values {Bytes.ToText(_ledger.LargeValueBytes)}");
        var list = parts.Count == 0 ? "nothing else holds memory" : string.Join(", ", parts);
        var free = Math.Max(0, budget - held);
        var shrunk = budget < _ledger.ConfiguredBytes
            ? $" (of {Bytes.ToText(_ledger.ConfiguredBytes)} configured; the machine is short of memory)"
            : string.Empty;
        return new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"{what} needs {Bytes.ToText(needed)} and {Bytes.ToText(free)} of the budget of {Bytes.ToText(budget)}{shrunk} can be freed; held: {list}.")
        {
            RetryAfter = needed <= _ledger.ConfiguredBytes ? TimeSpan.FromSeconds(1) : null,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [NeededBytes] = needed.ToString(CultureInfo.InvariantCulture),
                ["budget_bytes"] = budget.ToString(CultureInfo.InvariantCulture),
                ["configured_budget_bytes"] = _ledger.ConfiguredBytes.ToString(CultureInfo.InvariantCulture),
                ["held_bytes"] = held.ToString(CultureInfo.InvariantCulture),
                ["large_value_bytes"] = _ledger.LargeValueBytes.ToString(CultureInfo.InvariantCulture),
                ["held_by"] = list,
            },
        };
    }

    // Under the lock.
    private string DescribeHolder(ModelEntry entry)
    {
        var reasons = new List<string>();
        if (entry.State == ModelState.Loading) reasons.Add("loading");
        if (entry.Leases > 0) reasons.Add($"{entry.Leases} {(entry.Leases == 1 ? "lease" : "leases")} by {DescribeLeases(entry)}");
        if (entry.PinnedBy.Count > 0) reasons.Add($"pinned by {string.Join(", ", entry.PinnedBy.Take(3))}");
        if (entry.IsStuck) reasons.Add($"{entry.Device.Id} is out of order");
        if (reasons.Count == 0) reasons.Add("in use");
        return $"{entry.Name} {Bytes.ToText(entry.Bytes)} ({string.Join("; ", reasons)})";
    }

    // Under the lock.
    private string DescribeLeases(ModelEntry entry)
    {
        var holders = _held.All().Where(lease => lease.Entry == entry).Select(lease => $"{lease.Scope.App.Name} through {lease.Scope.PluginId}").Distinct().Take(4).ToList();
        return holders.Count > 3 ? $"{string.Join(", ", holders.Take(3))} and others" : string.Join(", ", holders);
    }

    private void Refused(string model, string? app, EdgeHostException error) => _decisions.Add(DecisionKind.Refused, model, app, error.Message);
}
