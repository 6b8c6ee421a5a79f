using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Training;
using EdgeHost.Plugins.Recommendation.Settings;

namespace EdgeHost.Plugins.Recommendation;

/// <summary>
/// Limits of catalogues, how events count, how models are chosen and when they are built. Each is a setting of the plugin under <c>recommendation:</c>, and under
/// <c>recommendation:catalogs:NAME:</c> for the catalogues of one name. Immutable.
/// </summary>
internal sealed record RecommendationOptions
{
    private Dictionary<string, RecommendationOptions> _ofCatalogs = [];

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

    /// <summary>Most events that models are built of: 1,000 to 50,000,000, default 4,000,000, the newest; about 100 bytes of memory each while they are built.</summary>
    public int MaxBuildEvents { get; init; } = 4_000_000;

    /// <summary>How long a build may take: 1 to 1,440 min, default 60 min.</summary>
    public TimeSpan MaxBuildTime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Most events of a user that lists are made of, the newest: 100 to 1,000,000, default 20,000. What was met before them may be listed again.</summary>
    public int MaxHistoryEvents { get; init; } = 20_000;

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

    /// <summary>How much events count.</summary>
    public EventWeights Weights { get; init; } = EventWeights.Default;

    /// <summary>What of each user's items is held out to choose models by: the newest, random ones or half in either manner.</summary>
    public HoldOutKind Validation { get; init; } = new TrainingOptions().Validation.Kind;

    /// <summary>The share of each user's items that is held out for it, in percent: 1 to 50, default 15.</summary>
    public int ValidationPercent { get; init; } = (int)Math.Round(100 * new TrainingOptions().Validation.Share);

    /// <summary>The names of <see cref="Validation"/>, of settings and of requests.</summary>
    public static IReadOnlyDictionary<string, HoldOutKind> ValidationNames { get; } = new Dictionary<string, HoldOutKind>(StringComparer.Ordinal)
    {
        ["newest"] = HoldOutKind.Newest, ["random"] = HoldOutKind.Random, ["mixed"] = HoldOutKind.Mixed,
    };

    /// <summary>How a catalogue's models are trained.</summary>
    public TrainingOptions Training => new() { Threads = Threads, Validation = new HoldOut(Validation, ValidationPercent / 100.0) };

    /// <summary>How texts and pictures become vectors.</summary>
    public EmbeddingOptions Embedding { get; init; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static RecommendationOptions FromSettings(IReadOnlyDictionary<string, string> settings) => From(new SettingReader(settings)) with
    {
        _ofCatalogs = SettingReader.CatalogsOf(settings).ToDictionary(static name => name, name => From(new SettingReader(settings, name)), StringComparer.Ordinal),
    };

    /// <summary>The options of a catalogue: those of all, but for what is set for catalogues of its name.</summary>
    public RecommendationOptions For(string catalog) => _ofCatalogs.GetValueOrDefault(catalog, this);

    private static RecommendationOptions From(SettingReader settings)
    {
        var defaults = new RecommendationOptions();
        return new RecommendationOptions
        {
            MaxCatalogs = settings.Integer("max_catalogs", 1, 1_000, defaults.MaxCatalogs),
            MaxItems = settings.Integer("max_items", 1, 2_000_000, defaults.MaxItems),
            MaxEvents = settings.Integer("max_events", 1, 50_000_000, defaults.MaxEvents),
            MaxUsers = settings.Integer("max_users", 1, 10_000_000, defaults.MaxUsers),
            MaxAttributes = settings.Integer("max_attributes", 1, 10_000, defaults.MaxAttributes),
            MaxMegabytes = settings.Integer("max_megabytes", 1, 1_000_000, defaults.MaxMegabytes),
            MaxItemsOfCall = settings.Integer("max_items_of_call", 1, 1_000_000, defaults.MaxItemsOfCall),
            MaxEventsOfCall = settings.Integer("max_events_of_call", 1, 1_000_000, defaults.MaxEventsOfCall),
            MaxShowings = settings.Integer("max_showings", 0, 100_000_000, defaults.MaxShowings),
            MaxOpen = settings.Integer("max_open", 1, 1_000, defaults.MaxOpen),
            MaxWaiting = settings.Integer("max_waiting", 1, 100_000, defaults.MaxWaiting),
            MaxBuildEvents = settings.Integer("max_build_events", 1_000, 50_000_000, defaults.MaxBuildEvents),
            MaxBuildTime = TimeSpan.FromMinutes(settings.Integer("max_build_minutes", 1, 1_440, (int)defaults.MaxBuildTime.TotalMinutes)),
            MaxHistoryEvents = settings.Integer("max_history_events", 100, 1_000_000, defaults.MaxHistoryEvents),
            MaxBuilds = settings.Integer("max_builds", 1, 64, defaults.MaxBuilds),
            Threads = settings.Integer("threads", 1, 64, defaults.Threads),
            Settle = TimeSpan.FromSeconds(settings.Integer("settle_seconds", 0, 86_400, (int)defaults.Settle.TotalSeconds)),
            MostWait = TimeSpan.FromSeconds(settings.Integer("most_wait_seconds", 0, 86_400, (int)defaults.MostWait.TotalSeconds)),
            RebuildChanges = settings.Integer("rebuild_changes", 1, 1_000_000, defaults.RebuildChanges),
            RebuildPercent = settings.Integer("rebuild_percent", 0, 100, defaults.RebuildPercent),
            GatePercent = settings.Integer("gate_percent", 0, 100, defaults.GatePercent),
            Weights = EventWeightSettings.Read(settings),
            Validation = settings.Choice("validation", ValidationNames, defaults.Validation),
            ValidationPercent = settings.Integer("validation_percent", 1, 50, defaults.ValidationPercent),
            Embedding = EmbeddingOptions.Read(settings),
        };
    }
}
