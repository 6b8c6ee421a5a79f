using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>
/// Writes what happens to a person's alerts, within one transaction: an entry is there if and only if its state is, so that none is lost and none is written twice.
/// Not thread-safe.
/// </summary>
internal sealed class AlertBook(DatabaseConnection database, Person person, AlertClock clock)
{
    private readonly DateTimeOffset _now = clock.Now;

    /// <summary>What the person has chosen.</summary>
    public AlertSettings Settings { get; } = AlertTable.ReadSettings(database, person);

    /// <summary>Entries that were written.</summary>
    public int Written { get; private set; }

    private long Now => _now.ToUnixTimeMilliseconds();

    /// <summary>How far a rule is.</summary>
    public AlertState StateOf(AlertRule rule) => AlertTable.ReadState(database, person, rule.Rule.Name);

    /// <summary>Keeps how far a rule is.</summary>
    /// <remarks>A sensor whose clock is ahead must not make what others measure until then late.</remarks>
    public void Keep(AlertRule rule, AlertState state) => AlertTable.WriteState(database, person, rule.Rule.Name, state with { LastTime = Math.Min(state.LastTime, Now) });

    /// <summary>Takes the next value of a rule.</summary>
    /// <param name="rule">The rule as it holds for the person.</param>
    /// <param name="state">How far it is; the caller keeps what comes back.</param>
    /// <param name="time">When the value was measured, in milliseconds since 1970 (UTC).</param>
    /// <param name="readings">The value first, then what it rests on.</param>
    public AlertState Take(AlertRule rule, AlertState state, long time, params IReadOnlyList<AlertReading> readings)
    {
        if (state.IsStale(rule, time)) state = Expire(rule, state);
        var (next, step) = state.Take(rule, time, readings[0].Value);
        return step switch
        {
            AlertStep.Raises => Raise(rule, next, time, readings),
            AlertStep.Clears => End(rule, state, next, AlertEvent.Resolved, time, readings),
            _ => next,
        };
    }

    /// <summary>Writes that an alert is raised.</summary>
    public AlertState Raise(AlertRule rule, AlertState state, long time, IReadOnlyList<AlertReading> readings)
    {
        var hold = Settings.HoldOf(rule, _now, clock.Zone)?.Hold;
        var id = Add(new AlertEntry(AlertEvent.Raised, rule.Rule.Name, 0, 1, hold, Now, state.Since ?? time, time, rule.Limit, readings));
        return state with { IsRaised = true, Episode = id, Level = 1, SaidAt = Now, IsHeld = hold is not null, IsAcknowledged = false };
    }

    /// <summary>Writes that an alert has ended.</summary>
    public AlertState End(AlertRule rule, AlertState before, AlertState after, AlertEvent how, long time, IReadOnlyList<AlertReading> readings)
    {
        // Alerts of the first form have no episodes.
        if (before.Episode > 0) Add(new AlertEntry(how, rule.Rule.Name, before.Episode, Math.Max(1, before.Level), null, Now, before.Since ?? time, time, rule.Limit, readings));
        return after;
    }

    /// <summary>Writes that no newer value tells whether an alert still holds.</summary>
    public AlertState Expire(AlertRule rule, AlertState state) => End(rule, state, AlertState.Over(state.LastTime), AlertEvent.Expired, state.LastTime, FirstOf(state)?.Readings ?? []);

    /// <summary>Says what is due: what was held back and still holds, what nobody has acknowledged, what is too old to stand.</summary>
    /// <returns>When the next is due, or null if nothing waits.</returns>
    public DateTimeOffset? SayDue()
    {
        DateTimeOffset? next = null;
        foreach (var (name, state) in AlertTable.ReadStates(database, person))
        {
            if (!state.IsRaised || state.Episode == 0 || !AlertRules.ByName.TryGetValue(name, out var standard)) continue;
            var rule = Settings.Personal(standard) ?? standard;
            var after = SayDue(rule, state, out var due);
            if (after != state) Keep(rule, after);
            if (due is { } at && (next is null || at < next)) next = at;
        }

        return next;
    }

    /// <summary>Puts on record that a person has seen an alert.</summary>
    /// <returns>Whether it was still on and not acknowledged.</returns>
    public bool Acknowledge(AlertEntry entry)
    {
        var rule = AlertRules.ByName[entry.Rule];
        var state = StateOf(rule);
        if (!state.IsRaised || state.Episode != entry.Episode || state.IsAcknowledged) return false;
        Add(entry with { Event = AlertEvent.Acknowledged, FirstId = entry.Episode, Level = state.Level, Held = null, At = Now });
        Keep(rule, state with { IsAcknowledged = true, IsHeld = false });
        return true;
    }

    /// <summary>Holds back what is raised, as a snooze asks.</summary>
    public void Hold(AlertRule rule)
    {
        if (StateOf(rule) is { IsRaised: true, IsAcknowledged: false } state) Keep(rule, state with { IsHeld = true });
    }

    private AlertState SayDue(AlertRule rule, AlertState state, out DateTimeOffset? due)
    {
        var hold = state.IsAcknowledged ? null : Settings.HoldOf(rule, _now, clock.Zone);
        due = hold?.Until;
        if (hold is not null && state.IsHeld) return state;
        if (state.IsHeld) return Say(rule, state, AlertEvent.Raised, Math.Max(1, state.Level), out due);
        if (!state.IsAcknowledged && state.Level < clock.Levels && clock.EscalatesAfter(rule, Settings) is { } pause)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(state.SaidAt) + pause;
            if (hold is null && at <= _now) return Say(rule, state, AlertEvent.Escalated, state.Level + 1, out due);
            due = hold is { } held && held.Until > at ? held.Until : at;
            return state;
        }

        var end = DateTimeOffset.FromUnixTimeMilliseconds(state.LastTime) + rule.StaleAfter;
        due = end < _now ? null : end.AddMilliseconds(1);
        return end < _now ? Expire(rule, state) : state;
    }

    private AlertState Say(AlertRule rule, AlertState state, AlertEvent how, int level, out DateTimeOffset? due)
    {
        var first = FirstOf(state);
        if (first is not null) Add(first with { Event = how, FirstId = state.Episode, Level = level, Held = null, At = Now });
        due = _now + (clock.EscalatesAfter(rule, Settings) ?? rule.StaleAfter);
        return state with { Level = level, SaidAt = Now, IsHeld = false };
    }

    private AlertEntry? FirstOf(AlertState state) => AlertTable.Find(database, person, state.Episode);

    private long Add(AlertEntry entry)
    {
        Written++;
        return AlertTable.Add(database, person, entry);
    }
}
