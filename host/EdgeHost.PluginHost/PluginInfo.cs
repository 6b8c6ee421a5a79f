namespace EdgeHost.PluginHost;

/// <summary>A plugin as it is now: a snapshot for operators. Immutable.</summary>
public sealed class PluginInfo
{
    /// <summary>The id from its manifest, or the folder's name if the manifest has no readable one.</summary>
    public required string Id { get; init; }

    /// <summary>The version that serves, or would; null if unreadable.</summary>
    public string? Version { get; init; }

    /// <summary>What it can do now.</summary>
    public required PluginState State { get; init; }

    /// <summary>Why, for operators: it may name files. Empty where there is nothing to say.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>When the state began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>One sentence from the manifest.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>Its methods, sorted.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Ids of models it may lease, sorted.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Tasks whose models it may list and lease, sorted.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>The folder it was installed in.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of its model manifests, or null if it has none.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Calls being served now, those on a draining version included.</summary>
    public int InFlightCalls { get; init; }

    /// <summary>Calls served since it was found.</summary>
    public long Calls { get; init; }

    /// <summary>Calls that ended in an unexpected exception of the plugin.</summary>
    public long FailedCalls { get; init; }

    /// <summary>Leases that its calls did not dispose; each was taken back when its call ended.</summary>
    public long LeakedLeases { get; init; }

    /// <summary>Time spent in its handlers, summed over calls.</summary>
    public TimeSpan CallTime { get; init; }

    /// <summary>How long its last successful start took, copy and load included; zero before the first.</summary>
    public TimeSpan StartTime { get; init; }

    /// <summary>Unloaded versions whose code is still in memory.</summary>
    public int PreviousContextsAlive { get; init; }

    /// <summary>Of those, the ones that outlived so many collections that they are leaks.</summary>
    public int LeakedContexts { get; init; }
}
