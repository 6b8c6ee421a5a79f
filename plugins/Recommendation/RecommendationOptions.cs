using System.Globalization;

namespace EdgeHost.Plugins.Recommendation;

/// <summary>Limits of catalogues, and when they are built. Each is a setting of the plugin under <c>recommendation:</c>. Immutable.</summary>
internal sealed class RecommendationOptions
{
    private const string Section = "recommendation:";

    /// <summary>Most catalogues of an app: 1 to 1,000, default 16.</summary>
    public int MaxCatalogs { get; init; } = 16;

    /// <summary>Most items of a catalogue: 1 to 2,000,000, default 1,000,000.</summary>
    public int MaxItems { get; init; } = 1_000_000;

    /// <summary>Most events of a catalogue: 1 to 50,000,000, default 10,000,000.</summary>
    public int MaxEvents { get; init; } = 10_000_000;

    /// <summary>Most users of a catalogue: 1 to 10,000,000, default 1,000,000.</summary>
    public int MaxUsers { get; init; } = 1_000_000;

    /// <summary>Most attributes of a catalogue: 1 to 10,000, default 256.</summary>
    public int MaxAttributes { get; init; } = 256;

    /// <summary>Most megabytes of a catalogue's database: 1 to 1,000,000, default 4,096.</summary>
    public int MaxMegabytes { get; init; } = 4096;

    /// <summary>Most items of one call: 1 to 1,000,000, default 10,000.</summary>
    public int MaxItemsOfCall { get; init; } = 10_000;

    /// <summary>Most events of one call: 1 to 1,000,000, default 10,000.</summary>
    public int MaxEventsOfCall { get; init; } = 10_000;

    /// <summary>Places of lists that explored which are kept to learn from: 0 to 100,000,000, default 1,000,000; the oldest go first.</summary>
    public int MaxShowings { get; init; } = 1_000_000;

    /// <summary>Catalogues of all apps in memory: 1 to 1,000, default 16. Others are closed, and opened again when they are asked for.</summary>
    public int MaxOpen { get; init; } = 16;

    /// <summary>Most calls that wait for one catalogue: 1 to 100,000, default 256.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Builds at a time: 1 to 64, default 1.</summary>
    public int MaxBuilds { get; init; } = 1;

    /// <summary>Threads of a build: 1 to 64, default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How long after the last event a build in the background begins: 0 to 86,400 s, default 10 s.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long events may keep it waiting: 0 to 86,400 s, default 300 s.</summary>
    public TimeSpan MostWait { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How many events or items must be new for a build in the background: 1 to 1,000,000, default 20.</summary>
    public int RebuildChanges { get; init; } = 20;

    /// <summary>How many percent of all events must be new for it: 0 to 100, default 5.</summary>
    public int RebuildPercent { get; init; } = 5;

    /// <summary>How many percent worse than its predecessor a model built in the background may be by its own evaluation, which is on other events: 0 to 100, default 10.</summary>
    public int GatePercent { get; init; } = 10;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static RecommendationOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new RecommendationOptions();
        return new RecommendationOptions
        {
            MaxCatalogs = Read(settings, "max_catalogs", 1, 1_000, defaults.MaxCatalogs),
            MaxItems = Read(settings, "max_items", 1, 2_000_000, defaults.MaxItems),
            MaxEvents = Read(settings, "max_events", 1, 50_000_000, defaults.MaxEvents),
            MaxUsers = Read(settings, "max_users", 1, 10_000_000, defaults.MaxUsers),
            MaxAttributes = Read(settings, "max_attributes", 1, 10_000, defaults.MaxAttributes),
            MaxMegabytes = Read(settings, "max_megabytes", 1, 1_000_000, defaults.MaxMegabytes),
            MaxItemsOfCall = Read(settings, "max_items_of_call", 1, 1_000_000, defaults.MaxItemsOfCall),
            MaxEventsOfCall = Read(settings, "max_events_of_call", 1, 1_000_000, defaults.MaxEventsOfCall),
            MaxShowings = Read(settings, "max_showings", 0, 100_000_000, defaults.MaxShowings),
            MaxOpen = Read(settings, "max_open", 1, 1_000, defaults.MaxOpen),
            MaxWaiting = Read(settings, "max_waiting", 1, 100_000, defaults.MaxWaiting),
            MaxBuilds = Read(settings, "max_builds", 1, 64, defaults.MaxBuilds),
            Threads = Read(settings, "threads", 1, 64, defaults.Threads),
            Settle = TimeSpan.FromSeconds(Read(settings, "settle_seconds", 0, 86_400, (int)defaults.Settle.TotalSeconds)),
            MostWait = TimeSpan.FromSeconds(Read(settings, "most_wait_seconds", 0, 86_400, (int)defaults.MostWait.TotalSeconds)),
            RebuildChanges = Read(settings, "rebuild_changes", 1, 1_000_000, defaults.RebuildChanges),
            RebuildPercent = Read(settings, "rebuild_percent", 0, 100, defaults.RebuildPercent),
            GatePercent = Read(settings, "gate_percent", 0, 100, defaults.GatePercent),
        };
    }

    private static int Read(IReadOnlyDictionary<string, string> settings, string key, int least, int most, int otherwise)
    {
        if (!settings.TryGetValue(Section + key, out var text)) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Section}{key}' must be a whole number from {least} to {most}; it is '{text}'.");
    }
}
