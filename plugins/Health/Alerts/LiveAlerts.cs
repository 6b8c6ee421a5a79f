using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>
/// The rules of one live signal. How far they are is in memory, so that nothing is written while nothing happens; what is raised or over is on the disk when the call returns, and the database
/// knows whether another stream has raised it already. Not thread-safe.
/// </summary>
internal sealed class LiveAlerts
{
    // So often is written that a raised alert still holds.
    private const long TouchMs = 60_000;

    private readonly AlertStore _store;
    private readonly AlertSignal _signal;
    private readonly AlertClock _clock;
    private readonly IReadOnlyList<AlertRule> _rules;
    private readonly Dictionary<string, (AlertRule? Rule, AlertState State, long KeptAt)> _states = new(StringComparer.Ordinal);
    private Task _changed;

    private LiveAlerts(AlertStore store, AlertSignal signal, AlertClock clock, string person, IReadOnlyList<AlertRule> rules)
    {
        (_store, _signal, _clock, Person, _rules) = (store, signal, clock, person, rules);
        _changed = signal.Next;
    }

    /// <summary>Whose alerts they are.</summary>
    public string Person { get; }

    /// <summary>Alerts that were raised.</summary>
    public long Count { get; private set; }

    /// <summary>Begins.</summary>
    public static async ValueTask<LiveAlerts> OpenAsync(
        AlertStore store, AlertSignal signal, AlertClock clock, string person, IReadOnlyList<AlertRule> rules, CapabilityContext context, CancellationToken cancellationToken)
    {
        var live = new LiveAlerts(store, signal, clock, person, rules);
        var start = await store.OpenLiveAsync(person, rules, context, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rules.Count; i++) live._states[rules[i].Rule.Name] = (start.Settings.Personal(rules[i]), start.States[i], start.States[i].LastTime);
        return live;
    }

    /// <summary>Takes what is known at a time of all rules; rules without a value cannot be told now.</summary>
    /// <param name="time">The time, in milliseconds since 1970 (UTC), growing.</param>
    /// <param name="values">The value of each type that rules look at.</param>
    /// <param name="beside">What else a person should see with it, or null.</param>
    /// <param name="source">What measures.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask TakeAsync(long time, IReadOnlyDictionary<string, double> values, AlertReading? beside, string source, CancellationToken cancellationToken)
    {
        if (_changed.IsCompleted) await ReloadAsync(cancellationToken).ConfigureAwait(false);
        if (time < _clock.Oldest) return;
        foreach (var standard in _rules)
        {
            var (rule, state, keptAt) = _states[standard.Rule.Name];
            if (rule is null || !values.TryGetValue(rule.Type, out var value)) continue;
            if (state.IsStale(rule, time)) state = AlertState.Over(state.LastTime);
            var (next, step) = state.Take(rule, time, value);
            if (step == AlertStep.None && !(next.IsRaised && time - keptAt >= TouchMs))
            {
                _states[rule.Rule.Name] = (rule, next, keptAt);
                continue;
            }

            _states[rule.Rule.Name] = (rule, await KeepAsync(rule, next, step, time, value, beside, source, cancellationToken).ConfigureAwait(false), time);
        }
    }

    private async ValueTask<AlertState> KeepAsync(AlertRule rule, AlertState state, AlertStep step, long time, double value, AlertReading? beside, string source, CancellationToken cancellationToken)
    {
        // A replay that is faster than life must not leave a time to come behind, which would make what is measured later late.
        var now = Math.Min(time, _clock.Now.ToUnixTimeMilliseconds());
        var at = state with { LastTime = now, Since = state.Since is { } since ? Math.Min(since, now) : null };
        var reading = new AlertReading(rule.Type, Math.Round(value, 1), rule.Unit, now, source);
        var (kept, raised) = await _store.TakeLiveAsync(Person, rule, step, at, beside is null ? [reading] : [reading, beside with { Time = now }], cancellationToken).ConfigureAwait(false);
        if (raised) Count++;
        return kept with { LastTime = time, ClearSince = state.ClearSince };
    }

    // The person may have chosen other limits meanwhile.
    private async ValueTask ReloadAsync(CancellationToken cancellationToken)
    {
        _changed = _signal.Next;
        var settings = await _store.ReadLiveSettingsAsync(Person, cancellationToken).ConfigureAwait(false);
        foreach (var standard in _rules)
        {
            var name = standard.Rule.Name;
            _states[name] = _states[name] with { Rule = settings.Personal(standard) };
        }
    }
}
