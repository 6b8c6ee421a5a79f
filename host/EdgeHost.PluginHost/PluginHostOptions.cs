using System.ComponentModel.DataAnnotations;

namespace EdgeHost.PluginHost;

/// <summary>Where plugins are and how long they may take. Read once at start.</summary>
public sealed class PluginHostOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Plugins";

    /// <summary>Directories whose child folders with a <c>plugin.json</c> are plugins. Default: none.</summary>
    public IList<PluginDirectory> Directories { get; } = [];

    /// <summary>Time between two looks at the directories. 50 ms to 1 hour; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest a plugin may take to load and start. 100 ms to 1 hour; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long calls may finish on a plugin that is replaced or stopped before they are cancelled. 0 to 1 hour; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long cancelled calls, the plugin's stop and its disposal may take, each, before the host goes on. 10 ms to 10 minutes; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait after a first failed start; doubled at each further one. 10 ms to 1 hour; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after a failed start. At least <see cref="RetryDelay"/>, at most 1 day; default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Each plugin gets a folder of its own in here, kept across reloads. Default: <c>data</c> in the home folder.</summary>
    public string DataFolder { get; set; } = Path.Combine(EdgeHostPaths.Home, "data");

    /// <summary>
    /// Copies that plugins are loaded from, so that overwriting a plugin's folder cannot crash the process. Must belong to the host's user
    /// alone. Default: <c>run/plugins</c> in the home folder.
    /// </summary>
    public string ShadowFolder { get; set; } = Path.Combine(EdgeHostPaths.Home, "run", "plugins");

    /// <summary>
    /// Where it is kept what plugins say of their capabilities, so that discovery need not start them. Default: <c>state/capabilities</c> in the home folder;
    /// null keeps nothing.
    /// </summary>
    public string? DescriptionFolder { get; set; }

    /// <summary>The integrator's settings by plugin id, as flat <c>a:b</c> keys; they win over the manifest's.</summary>
    public IDictionary<string, IDictionary<string, string>> Settings { get; } =
        new Dictionary<string, IDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>Ids of plugins that must not run. Default: none.</summary>
    public ISet<string> Disabled { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Permissions that a manifest may ask for; a plugin that asks for another is not loaded. Default: none. In-process code cannot be
    /// held to what it declared, so this is a decision to trust it.
    /// </summary>
    public ISet<string> AllowedPermissions { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Most plugin folders looked at. 1 to 10,000; default 256.</summary>
    [Range(1, 10_000)]
    public int MaxPlugins { get; set; } = 256;

    /// <summary>Most files of one plugin, its <c>models</c> folder included. 1 to 1,000,000; default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int MaxFiles { get; set; } = 4096;

    /// <summary>Most bytes of one plugin without its <c>models</c> folder. 1 to 2^40; default 1 GiB.</summary>
    [Range(1, 1L << 40)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Full garbage collections that an unloaded plugin may survive before it is reported as leaking. 1 to 1,000; default 5 (two or three are
    /// ordinary). Counting collections instead of seconds keeps an idle host from being called leaky.
    /// </summary>
    [Range(1, 1000)]
    public int LeakCollections { get; set; } = 5;
}
