using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginHost.Discovery;
using EdgeHost.PluginHost.Loading;

namespace EdgeHost.PluginHost.Registry;

/// <summary>What a plugin folder is at one moment, for whoever lists the plugins.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Found">Its status before anything else was known.</param>
/// <param name="Current">The version that serves, or null.</param>
/// <param name="Candidate">The version that is being started beside it, or null.</param>
/// <param name="Rejection">Why what the folder holds is not used, or null.</param>
/// <param name="Retiring">The versions on their way out.</param>
internal sealed record SlotSnapshot(
    string Folder, PluginStatus Found, PluginGeneration? Current, PluginGeneration? Candidate, Rejection? Rejection, IReadOnlyList<PluginGeneration> Retiring)
{
    /// <summary>Puts it together with what has been counted.</summary>
    public PluginInfo ToInfo(CallTotals totals, UnloadWatch unloads)
    {
        var manifest = (Current ?? Candidate)?.Source.Manifest;
        var status = Status();
        var models = Path.Combine(Folder, FolderStamp.ModelsFolder);
        return new PluginInfo
        {
            Id = manifest?.Id ?? Rejection?.Id ?? Path.GetFileName(Folder),
            Version = manifest?.Version ?? Rejection?.Version,
            State = status.State,
            Reason = status.Reason,
            Since = status.Since,
            Summary = manifest?.Summary ?? string.Empty,
            Capabilities = manifest?.Capabilities.Order(StringComparer.Ordinal).ToList() ?? [],
            Models = manifest?.Models.Order(StringComparer.Ordinal).ToList() ?? [],
            Tasks = manifest?.Tasks.Order(StringComparer.Ordinal).ToList() ?? [],
            Personalisations = manifest?.Personalisations ?? [],
            Folder = Folder,
            ModelsFolder = Directory.Exists(models) ? models : null,
            InFlightCalls = (Current?.InFlightCalls ?? 0) + Retiring.Sum(generation => generation.InFlightCalls),
            Calls = totals.Calls,
            FailedCalls = totals.Failed,
            LeakedLeases = totals.LeakedLeases,
            CallTime = totals.Time,
            StartTime = Current?.StartTime ?? TimeSpan.Zero,
            PreviousContextsAlive = unloads.Alive,
            LeakedContexts = unloads.Leaked,
        };
    }

    private PluginStatus Status()
    {
        if (Current is not { } current)
        {
            if (Rejection is null) return Found;
            return Rejection.Status.State == PluginState.Stopped && Retiring.Count > 0
                ? Retiring[^1].Status with { Reason = Rejection.Status.Reason }
                : Rejection.Status;
        }

        var (version, reason) = Rejection is not null ? (Rejection.Version, Rejection.Status.Reason)
            : Candidate is { Status.State: PluginState.Broken } candidate ? (candidate.Source.Manifest.Version, candidate.Status.Reason)
            : (null, null);
        if (reason is null) return current.Status;
        var pending = $"The folder now holds {(version is null ? "files" : $"version {version}")} that cannot be used: {reason}";
        return current.Status with { Reason = string.Join(' ', [.. new[] { current.Status.Reason, pending }.Where(text => text.Length > 0)]) };
    }
}
