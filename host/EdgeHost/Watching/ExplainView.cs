using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Watching;

/// <summary>The answer of <c>edgehost explain</c> as lines of plain text: how the subject is now, then what was decided about it.</summary>
internal sealed class ExplainView(TimeZoneInfo zone)
{
    /// <summary>Renders the answer.</summary>
    /// <param name="subject">What was asked about, or null.</param>
    /// <param name="kind">Which kind, or null.</param>
    /// <param name="decisions">What was found, the newest first.</param>
    /// <param name="stats">The host now.</param>
    /// <param name="all">Decisions about anything, for a name that was probably meant.</param>
    public IEnumerable<string> Render(
        string? subject, DecisionKind? kind, IReadOnlyList<DecisionEntry> decisions, StatsResponse stats, IReadOnlyList<DecisionEntry> all)
    {
        var now = subject is null ? [] : Now(subject, stats).ToList();
        foreach (var line in now) yield return line;
        if (now.Count > 0 && decisions.Count > 0) yield return string.Empty;
        foreach (var line in DecisionText.Lines(decisions, zone)) yield return line;
        if (decisions.Count == 0) yield return Nothing(subject, kind, stats, now.Count > 0, all);
    }

    private static IEnumerable<string> Now(string subject, StatsResponse stats)
    {
        foreach (var model in stats.Models.Where(model => model.Model == subject || model.Model.StartsWith($"{subject}@", StringComparison.Ordinal)))
        {
            var pins = model.PinnedBy.Count > 0 ? $", pinned by {Screen.Clean(string.Join(", ", model.PinnedBy))}" : string.Empty;
            yield return $"{Screen.Clean(model.Model)} is {model.State.ToString().ToLowerInvariant()} on {Screen.Clean(model.Device)}: {Tables.Bytes(model.Bytes)}, {model.Leases} leases{pins}.";
            if (model.Reason is not null) yield return $"  {Screen.Clean(model.Reason)}";
            if (model.Origin is not null) yield return $"  loaded from its {Screen.Clean(model.Origin)} form";
        }

        foreach (var device in stats.Devices.Where(device => device.Id == subject))
        {
            var waiting = device.QueuedInteractive + device.QueuedNormal + device.QueuedBackground + device.QueuedTraining;
            yield return $"{Screen.Clean(device.Id)} is {State(device)}: {device.Running} steps run, {waiting} wait, {device.Completed} done.";
            if (device.HealthReason is not null) yield return $"  {Screen.Clean(device.HealthReason)}";
        }

        foreach (var app in stats.Apps.Where(app => app.App == subject))
        {
            yield return $"{Screen.Clean(app.App)} had {Screen.Percent(app.RecentShare)} of the device time lately: {app.Steps} steps, {app.Waiting} wait, {app.Refused} refused.";
        }
    }

    private static string State(DeviceStats device) => device.Health switch
    {
        DeviceHealthStatus.Failed when device.ProbeInMs is { } wait => $"out of order and is tested again in {Screen.Time(TimeSpan.FromMilliseconds(wait))}",
        DeviceHealthStatus.Failed => "out of order",
        DeviceHealthStatus.Probing => "out of order and is being tested",
        _ => device.Health.ToString().ToLowerInvariant(),
    };

    private static string Nothing(string? subject, DecisionKind? kind, StatsResponse stats, bool isKnown, IReadOnlyList<DecisionEntry> all)
    {
        var what = kind is { } one ? $"Nothing of the kind '{DecisionText.Name(one)}'" : "Nothing noteworthy";
        if (subject is null) return $"{what} was decided since the host started {Screen.Time(TimeSpan.FromMilliseconds(stats.UptimeMs))} ago.";
        if (isKnown) return $"{what} was decided about it since the host started, or it is too long ago.";
        var names = stats.Models.Select(model => model.Model[..model.Model.LastIndexOf('@')])
            .Concat(stats.Devices.Select(device => device.Id)).Concat(stats.Apps.Select(app => app.App))
            .Concat(all.Select(decision => decision.Subject.Split('@')[0])).Concat(all.Select(decision => decision.App).OfType<string>());
        return NearestNames.FindOne(subject, names) is { } nearest
            ? $"{what} was decided about '{Screen.Clean(subject)}'; did you mean '{Screen.Clean(nearest)}'?"
            : $"{what} was decided about '{Screen.Clean(subject)}': no such model was loaded, no such device or app seen since the host started.";
    }
}
