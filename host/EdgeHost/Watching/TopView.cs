using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Watching;

/// <summary>The page of <c>edgehost top</c> as lines of plain text. Knows no terminal, so that a test reads what a person would.</summary>
internal sealed class TopView(int width, int height, TimeZoneInfo zone)
{
    private const int MostDecisions = 6;
    private const int FewestModels = 4;
    private const int MostApps = 8;
    private const int MostBuckets = 20;

    /// <summary>Renders one snapshot; with the one before, rates are those since then.</summary>
    public IReadOnlyList<string> Render(StatsResponse now, StatsResponse? before, IReadOnlyList<DecisionEntry> decisions)
    {
        // An answer of a host that started anew since has nothing in common with the one before.
        if (before is not null && (before.ProcessId != now.ProcessId || before.UptimeMs >= now.UptimeMs)) before = null;
        var lines = new List<string>();
        lines.AddRange(Head(now, before));
        lines.Add(string.Empty);
        lines.AddRange(Devices(now, before));
        var apps = Apps(now, before).ToList();
        var latest = Decisions(decisions).ToList();
        var room = height - lines.Count - apps.Count - latest.Count - 3;
        lines.Add(string.Empty);
        lines.AddRange(Models(now, Math.Max(FewestModels, room)));
        lines.AddRange(apps);
        lines.AddRange(latest);
        return [.. lines.Select(line => Screen.Cut(line, width))];
    }

    private static IEnumerable<string> Head(StatsResponse now, StatsResponse? before)
    {
        var pool = now.Pool;
        var steps = now.Devices.Sum(device => device.Completed);
        var rate = before is null ? string.Empty
            : FormattableString.Invariant($", {(steps - before.Devices.Sum(device => device.Completed)) * 1000.0 / (now.UptimeMs - before.UptimeMs):F1} steps/s");
        yield return $"EdgeHost {now.Version}   up {Screen.Time(TimeSpan.FromMilliseconds(now.UptimeMs))}   {now.ActiveCalls} calls now{rate}   process {Tables.Bytes(now.Memory.ResidentBytes)}";
        var reduced = pool.BudgetBytes < pool.ConfiguredBudgetBytes ? $" (reduced from {Tables.Bytes(pool.ConfiguredBudgetBytes)})" : string.Empty;
        var leaving = pool.LeavingBytes > 0 ? $", {Tables.Bytes(pool.LeavingBytes)} leaving" : string.Empty;
        var pinned = pool.PinnedBytes > 0 ? $", {Tables.Bytes(pool.PinnedBytes)} pinned" : string.Empty;
        yield return $"models {Bar(pool)} {Tables.Bytes(pool.UsedBytes)} of {Tables.Bytes(pool.BudgetBytes)}{reduced}{pinned}{leaving}";
        yield return $"hit rate {(pool.Hits + pool.Loads == 0 ? "–" : FormattableString.Invariant($"{pool.HitRate * 100:F1}%"))}   loads {Screen.Count(pool.Loads)}   evictions {Screen.Count(pool.Evictions)}   leases {pool.Leases}";
        if (Conditions(now.Conditions) is { Length: > 0 } conditions) yield return conditions;
        foreach (var plugin in now.Plugins.Where(plugin => plugin.State is Capabilities.Plugins.PluginState.Broken or Capabilities.Plugins.PluginState.NotSupported))
        {
            yield return $"! plugin {Screen.Clean(plugin.Id)} does not work: 'edgehost plugins list' says why";
        }
    }

    private static string Bar(PoolStats pool)
    {
        var used = pool.BudgetBytes > 0 ? Math.Clamp((double)pool.UsedBytes / pool.BudgetBytes, 0, 1) : 0;
        var full = (int)Math.Round(used * MostBuckets);
        return $"[{new string('#', full)}{new string('.', MostBuckets - full)}] {Screen.Percent(used)}";
    }

    private static string Conditions(ConditionStats now)
    {
        var parts = new List<string>();
        if (now.OnBattery) parts.Add(now.BatteryPercent is { } percent ? $"on battery {percent}%" : "on battery");
        if (now.Thermal != ThermalStatus.Nominal) parts.Add(now.Thermal == ThermalStatus.Hot ? "hot" : "critically hot");
        if (now.Memory != MemoryPressureStatus.None) parts.Add(now.Memory == MemoryPressureStatus.Some ? "memory is short" : "memory is very short");
        if (now.MinimumPriority > CallPriority.Training) parts.Add($"work below {now.MinimumPriority.ToString().ToLowerInvariant()} rests");
        if (parts.Count == 0) return string.Empty;
        return $"! {string.Join(", ", parts)}{(now.Reason is null ? string.Empty : $": {Screen.Clean(now.Reason)}")}";
    }

    private IEnumerable<string> Devices(StatsResponse now, StatsResponse? before)
    {
        if (now.Devices.Count == 0)
        {
            yield return "No model ran yet; the devices show with the first one.";
            yield break;
        }

        var grid = new TextGrid("DEVICE", "HEALTH", ">BUSY", ">RUN", ">WAIT i/n/b/t", ">OLDEST", ">MEAN", ">DONE", ">FAILED", ">REFUSED", ">STOPPED", ">BATCH");
        foreach (var device in now.Devices)
        {
            var earlier = before?.Devices.FirstOrDefault(other => other.Id == device.Id);
            grid.Add(
                Screen.Clean(device.Id),
                device.Health.ToString().ToLowerInvariant(),
                Screen.Percent(earlier is null ? device.Utilization : Busy(device, earlier, now.UptimeMs - before!.UptimeMs)),
                $"{device.Running}/{device.Concurrency}",
                $"{device.QueuedInteractive}/{device.QueuedNormal}/{device.QueuedBackground}/{device.QueuedTraining}",
                Screen.Time(TimeSpan.FromMilliseconds(Math.Max(device.OldestRunMs, device.OldestWaitMs))),
                Screen.Time(TimeSpan.FromMicroseconds(device.MeanRunUs)),
                Screen.Count(device.Completed),
                Screen.Count(device.Failed + device.Abandoned),
                Screen.Count(device.Rejected + device.Hopeless + device.Expired),
                Screen.Count(device.Preempted),
                device.Batches == 0 ? "–" : FormattableString.Invariant($"{(double)device.BatchedSteps / device.Batches:F1}"));
        }

        foreach (var line in grid.Render(width)) yield return line;
        foreach (var device in now.Devices.Where(device => device.Health != DeviceHealthStatus.Healthy))
        {
            var probe = device.ProbeInMs is { } milliseconds ? $"; tested again in {Screen.Time(TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)))}" : string.Empty;
            yield return $"! {Screen.Clean(device.Id)}: {Screen.Clean(device.HealthReason)}{probe}";
        }
    }

    private static double Busy(DeviceStats now, DeviceStats before, long milliseconds)
        => Math.Clamp((now.BusyUs - before.BusyUs) / 1000.0 / Math.Max(1, milliseconds * (long)Math.Max(1, now.Concurrency)), 0, 1);

    private IEnumerable<string> Models(StatsResponse now, int most)
    {
        if (now.Models.Count == 0)
        {
            yield return "No model is in memory.";
            yield break;
        }

        var grid = new TextGrid("MODEL", "DEVICE", "STATE", ">BYTES", ">LEASES", ">HITS", ">LOADS", ">OUT", ">LOAD", ">IDLE", "NOTE");
        var shown = now.Models.OrderBy(Importance).Take(most).ToList();
        foreach (var model in shown)
        {
            grid.Add(
                Screen.Cut(Screen.Clean(model.Model), 28),
                Screen.Clean(model.Device),
                model.State.ToString().ToLowerInvariant(),
                Tables.Bytes(model.Bytes),
                model.Leases.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Screen.Count(model.Hits),
                Screen.Count(model.Loads),
                Screen.Count(model.Evictions),
                Screen.Time(TimeSpan.FromMilliseconds(model.LoadMs)),
                model.Leases > 0 ? "in use" : Screen.Time(TimeSpan.FromMilliseconds(model.IdleMs ?? 0)),
                Note(model));
        }

        foreach (var line in grid.Render(width)) yield return line;
        if (now.Models.Count > shown.Count) yield return $"and {now.Models.Count - shown.Count} more";
    }

    // What failed first, then what is used, then the rest as the host orders it.
    private static int Importance(ModelStats model) => model.State == ModelLifeState.Unavailable ? 0 : model.Leases > 0 ? 1 : model.State == ModelLifeState.Resident ? 2 : 3;

    private static string Note(ModelStats model)
    {
        if (model.State == ModelLifeState.Unavailable) return Screen.Clean(model.Reason);
        if (model.PinnedBy.Count > 0) return $"pinned by {Screen.Clean(string.Join(", ", model.PinnedBy))}";
        return Screen.Clean(model.Origin);
    }

    private IEnumerable<string> Apps(StatsResponse now, StatsResponse? before)
    {
        if (now.Apps.Count == 0) yield break;
        yield return string.Empty;
        var grid = new TextGrid("APP", ">WEIGHT", ">SHARE", ">DEVICE TIME", ">STEPS", ">STEPS/S", ">WAITING", ">REFUSED");
        foreach (var app in now.Apps.Take(MostApps))
        {
            var earlier = before?.Apps.FirstOrDefault(other => other.App == app.App);
            grid.Add(
                Screen.Cut(Screen.Clean(app.App), 32),
                FormattableString.Invariant($"{app.Weight:0.##}"),
                Screen.Percent(app.RecentShare),
                Screen.Time(TimeSpan.FromMicroseconds(app.DeviceTimeUs)),
                Screen.Count(app.Steps),
                earlier is null ? "–" : FormattableString.Invariant($"{(app.Steps - earlier.Steps) * 1000.0 / (now.UptimeMs - before!.UptimeMs):F1}"),
                Screen.Count(app.Waiting),
                Screen.Count(app.Refused));
        }

        foreach (var line in grid.Render(width)) yield return line;
        if (now.Apps.Count > MostApps) yield return $"and {now.Apps.Count - MostApps} more";
    }

    private IEnumerable<string> Decisions(IReadOnlyList<DecisionEntry> decisions)
    {
        if (decisions.Count == 0) yield break;
        yield return string.Empty;
        yield return "DECISIONS ('edgehost explain' has more)";
        foreach (var line in DecisionText.Lines(decisions, zone).Take(MostDecisions)) yield return line;
    }
}
