using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Reads and changes a person's alerts, each call in one transaction that puts itself on record. Thread-safe.</summary>
internal sealed class AlertStore(PluginDatabase database, PersonTable persons, AccessLog log, AlertClock clock, AlertSignal signal)
{
    /// <summary>Reads the entries after one, those of rules whose data is of some types; what is due is said before.</summary>
    public async Task<AlertPage> ReadAsync(string person, long after, int most, IReadOnlyList<string> types, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (page, written) = await database.WriteAsync<(AlertPage, int)>(
            connection =>
            {
                using var owner = persons.Find(connection, person);
                if (owner is null) return (new AlertPage([], after, HasMore: false, null), 0);
                var book = new AlertBook(connection, owner, clock);
                var due = book.SayDue();
                var page = Page(AlertTable.Read(connection, owner, after, most), after, most, types, due);
                if (page.Entries.Count > 0) log.Read(connection, owner, context, page.Entries.Count, [.. page.Entries.Select(static entry => AlertRules.GrantedTypeOf(entry.Rule)).OfType<string>().Distinct()]);
                return (page, book.Written);
            },
            cancellationToken).ConfigureAwait(false);

        // Others that wait for the person's alerts hear of what this reading has made due.
        if (written > 0) signal.Raise();
        return page;
    }

    /// <summary>Reads the entries after one for an export, those of rules whose data is of some types. Nothing is said by it, and the export puts itself on record.</summary>
    public Task<AlertPage> NextAsync(string person, long after, int most, IReadOnlyList<string> types, CancellationToken cancellationToken) => database.GoOnAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            return owner is null ? new AlertPage([], after, HasMore: false, null) : Page(AlertTable.Read(connection, owner, after, most), after, most, types, null);
        },
        cancellationToken);

    /// <summary>Reads what the person has chosen for an export; null where nothing was ever chosen.</summary>
    public Task<AlertSettings?> FindSettingsAsync(string person, CancellationToken cancellationToken) => database.GoOnAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            return owner is null ? null : AlertTable.FindSettings(connection, owner);
        },
        cancellationToken);

    /// <summary>Reads what the person has chosen.</summary>
    public Task<AlertSettings> ReadSettingsAsync(string person, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return new AlertSettings();
            log.Changed(connection, owner, context, 0, []);
            return AlertTable.ReadSettings(connection, owner);
        },
        cancellationToken);

    /// <summary>Changes what the person has chosen.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="change">Gives the new choices of the old ones; its errors leave all as it was.</param>
    /// <param name="held">The rules whose raised alerts are held back from now on.</param>
    /// <param name="context">Who changes.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<AlertSettings> ChangeAsync(string person, Func<AlertSettings, AlertSettings> change, IReadOnlyList<AlertRule> held, CapabilityContext context, CancellationToken cancellationToken)
    {
        var changed = await WriteAsync(
            person,
            (connection, owner) =>
            {
                var settings = change(AlertTable.ReadSettings(connection, owner));
                AlertTable.WriteSettings(connection, owner, settings);
                var book = new AlertBook(connection, owner, clock);
                foreach (var rule in held) book.Hold(rule);

                // A rule that is switched off raises nothing, and nothing of it stands any more.
                foreach (var rule in AlertRules.All.Where(rule => settings.Personal(rule) is null))
                {
                    if (book.StateOf(rule) is { IsRaised: true } state) book.Keep(rule, book.Expire(rule, state));
                }

                log.Changed(connection, owner, context, 0, []);
                return settings;
            },
            cancellationToken).ConfigureAwait(false);
        signal.Raise();
        return changed;
    }

    /// <summary>Puts on record that a person has seen an alert.</summary>
    /// <returns>The number of its first entry, and whether it was still on and not acknowledged.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the person has no alert of the number; <see cref="ErrorCode.PermissionDenied"/>: the app may not read it.</exception>
    public async Task<(long Episode, bool IsNew)> AcknowledgeAsync(string person, long id, CapabilityContext context, CancellationToken cancellationToken)
    {
        var done = await database.WriteAsync<(long Episode, bool IsNew)>(
            connection =>
            {
                using var owner = persons.Find(connection, person);
                var entry = owner is null ? null : AlertTable.Find(connection, owner, id);
                if (owner is null || entry is null) throw new EdgeHostException(ErrorCode.NotFound, $"The person has no alert {id}; 'health.alerts' gives their numbers.");
                var type = AlertRules.GrantedTypeOf(entry.Rule);
                if (type is not null) DataGrants.CheckRead(context, type);
                log.Changed(connection, owner, context, 1, type is null ? [] : [type]);
                return (entry.Episode, new AlertBook(connection, owner, clock).Acknowledge(entry));
            },
            cancellationToken).ConfigureAwait(false);
        signal.Raise();
        return done;
    }

    /// <summary>Reads what a live signal needs: what the person has chosen and how far its rules are.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the app may not write what the rules look at.</exception>
    public Task<LiveStart> OpenLiveAsync(string person, IReadOnlyList<AlertRule> rules, CapabilityContext context, CancellationToken cancellationToken)
    {
        var types = rules.Select(static rule => rule.GrantedType).Distinct().ToList();
        foreach (var type in types) DataGrants.CheckWrite(context, type);
        return WriteAsync(
            person,
            (connection, owner) =>
            {
                log.Changed(connection, owner, context, 0, types);
                return new LiveStart(AlertTable.ReadSettings(connection, owner), [.. rules.Select(rule => AlertTable.ReadState(connection, owner, rule.Rule.Name))]);
            },
            cancellationToken);
    }

    /// <summary>Reads what the person has chosen meanwhile, for a live signal whose opening is on record.</summary>
    public Task<AlertSettings> ReadLiveSettingsAsync(string person, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            return owner is null ? new AlertSettings() : AlertTable.ReadSettings(connection, owner);
        },
        cancellationToken);

    /// <summary>Keeps what a live signal has shown of a rule.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="rule">The rule as it holds for the person.</param>
    /// <param name="step">What its newest value does.</param>
    /// <param name="state">How far the rule is with it.</param>
    /// <param name="readings">The value first, then what it rests on.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How far the rule is now, and whether this call has raised the alert.</returns>
    public async Task<(AlertState State, bool IsRaised)> TakeLiveAsync(string person, AlertRule rule, AlertStep step, AlertState state, IReadOnlyList<AlertReading> readings, CancellationToken cancellationToken)
    {
        var (next, written) = await database.WriteAsync<(AlertState, int)>(
            connection =>
            {
                using var owner = persons.FindOrAdd(connection, person);
                var book = new AlertBook(connection, owner, clock);
                var after = TakeLive(book, rule, step, state, readings);
                book.Keep(rule, after);
                return (after, book.Written);
            },
            cancellationToken).ConfigureAwait(false);
        if (written > 0) signal.Raise();
        return (next, written > 0 && step == AlertStep.Raises);
    }

    private static AlertPage Page(List<AlertEntry> found, long after, int most, IReadOnlyList<string> types, DateTimeOffset? due) => new(
        [.. found.Where(entry => AlertRules.GrantedTypeOf(entry.Rule) is not { } type || types.Contains(type))], found.Count > 0 ? found[^1].Id : after, found.Count == most, due);

    private static AlertState TakeLive(AlertBook book, AlertRule rule, AlertStep step, AlertState state, IReadOnlyList<AlertReading> readings)
    {
        var kept = book.StateOf(rule);
        if (kept.IsStale(rule, state.LastTime)) kept = book.Expire(rule, kept);
        var time = Math.Max(kept.LastTime, state.LastTime);
        return step switch
        {
            // Another stream may have raised it: once is enough.
            AlertStep.Raises when !kept.IsRaised => book.Raise(rule, state with { LastTime = time }, state.LastTime, readings),
            AlertStep.Clears when kept.IsRaised => book.End(rule, kept, AlertState.Over(time), AlertEvent.Resolved, state.LastTime, readings),
            _ => kept with { LastTime = time },
        };
    }

    private Task<T> WriteAsync<T>(string person, Func<DatabaseConnection, Person, T> work, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.FindOrAdd(connection, person);
            return work(connection, owner);
        },
        cancellationToken);
}
