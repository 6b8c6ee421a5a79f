using System.Diagnostics.CodeAnalysis;

namespace EdgeHost.PluginHost.Registry;

/// <summary>Which folder owns which plugin id: the first one to come. Thread-safe.</summary>
internal sealed class PluginIds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PluginSlot> _owners = new(StringComparer.Ordinal);
    private int _departures;

    /// <summary>How often a plugin gave up its id or may have given up methods.</summary>
    public int Departures => Volatile.Read(ref _departures);

    /// <summary>Tells that ids or methods may have become free.</summary>
    public void CountDeparture() => Interlocked.Increment(ref _departures);

    /// <summary>Claims an id; claiming one's own again is fine.</summary>
    public bool TryClaim(string id, PluginSlot slot, [NotNullWhen(false)] out PluginSlot? holder)
    {
        lock (_gate)
        {
            if (_owners.TryGetValue(id, out holder) && holder != slot) return false;
            holder = null;
            _owners[id] = slot;
            return true;
        }
    }

    /// <summary>Gives an id back, if it is this slot's.</summary>
    public void Release(string id, PluginSlot slot)
    {
        lock (_gate)
        {
            if (_owners.TryGetValue(id, out var holder) && holder == slot) _owners.Remove(id);
        }
    }
}
