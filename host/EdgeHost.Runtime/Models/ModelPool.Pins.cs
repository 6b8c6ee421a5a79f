namespace EdgeHost.Runtime.Models;

/// <content>Pins: models that stay. A pin holds the model where it was first loaded; a copy that a fault put on another device is not pinned too.</content>
internal sealed partial class ModelPool
{
    /// <summary>Models that may be pinned, and owners a model; more than anybody has a use for.</summary>
    private const int PinLimit = 256;

    private readonly Dictionary<string, Pin> _pins = new(StringComparer.Ordinal);

    public async ValueTask PinAsync(string model, string owner, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var scope = new CallScope { PluginId = "host", App = AppIdentity.Host, CancellationToken = cancellationToken };
        using var lease = (ModelLease)await LeaseAsync(scope, model, cancellationToken).ConfigureAwait(false);
        EdgeHostException? refusal;
        lock (_gate)
        {
            refusal = TryPin(model, owner, lease.Entry);
        }

        if (refusal is null) return;
        Refused(lease.Entry.Name, app: null, refusal);
        throw refusal;
    }

    public bool Unpin(string model, string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var effects = default(PoolEffects);
        lock (_gate)
        {
            if (!_pins.TryGetValue(model, out var pin) || !pin.Owners.Remove(owner)) return false;
            if (pin.Owners.Count == 0) _pins.Remove(model);
            if (pin.Entry is { } entry)
            {
                ListOwners(entry);
                effects.UpkeepAt = NextUpkeep(entry);
                SettleExcess(ref effects);
            }
        }

        CarryOut(effects);
        return true;
    }

    // Under the lock.
    private EdgeHostException? TryPin(string model, string owner, ModelEntry entry)
    {
        if (!_pins.TryGetValue(model, out var pin))
        {
            var limit = (long)(_ledger.ConfiguredBytes * _options.MaxPinnedShare);
            var pinned = PinnedBytes(except: entry);
            if (pinned + entry.Bytes > limit)
            {
                return new EdgeHostException(
                    ErrorCode.ResourceExhausted,
                    $"Pinning '{entry.Name}' ({Bytes.ToText(entry.Bytes)}) would pin {Bytes.ToText(pinned + entry.Bytes)}; "
                    + $"{Bytes.ToText(limit)} may be pinned ({_options.MaxPinnedShare:0.##} of the budget of {Bytes.ToText(_ledger.ConfiguredBytes)}): "
                    + "unpin another model or raise MaxPinnedShare.");
            }

            if (_pins.Count >= PinLimit) return TooManyPins($"{PinLimit} models are pinned");
            pin = new Pin();
            _pins.Add(model, pin);
        }

        if (pin.Owners.Count >= PinLimit && !pin.Owners.Contains(owner)) return TooManyPins($"'{model}' has {PinLimit} pins");
        pin.Owners.Add(owner);
        if (entry.State == ModelState.Resident) AttachPins(entry);
        return null;
    }

    private static EdgeHostException TooManyPins(string what) => new(ErrorCode.ResourceExhausted, $"{what} already; unpin some first.");

    // Under the lock. Gives the entry the pins that are for it and hold nothing.
    private void AttachPins(ModelEntry entry)
    {
        if (_pins.Count == 0) return;
        if (_pins.TryGetValue(entry.Name, out var exact)) exact.Entry ??= entry;
        if (_pins.TryGetValue(entry.Key.Id, out var pin) && (!_versions.TryGetValue(entry.Key.Id, out var state) || state.Serving.Version == entry.Key.Version))
        {
            pin.Entry ??= entry;
        }

        ListOwners(entry);
    }

    // Under the lock. The entry leaves or another version takes the pin of its id: the pin stays and waits for the next load.
    private void DetachPins(ModelEntry entry)
    {
        if (entry.PinnedBy.Count == 0) return;
        foreach (var (model, pin) in _pins)
        {
            if (pin.Entry == entry && (!entry.IsInPool || model != entry.Name)) pin.Entry = null;
        }

        ListOwners(entry);
    }

    // Under the lock.
    private void ListOwners(ModelEntry entry)
        => entry.PinnedBy = [.. _pins.Values.Where(pin => pin.Entry == entry).SelectMany(pin => pin.Owners).Distinct().Order(StringComparer.Ordinal)];

    // Under the lock.
    private long PinnedBytes(ModelEntry? except) => _pins.Count == 0 ? 0 : _entries.Values.Where(entry => entry != except && entry.PinnedBy.Count > 0).Sum(entry => entry.Bytes);

    /// <summary>The pins of one name.</summary>
    private sealed class Pin
    {
        public HashSet<string> Owners { get; } = new(StringComparer.Ordinal);

        /// <summary>What it holds; null until the model is loaded again.</summary>
        public ModelEntry? Entry { get; set; }
    }
}
