namespace EdgeHost.PluginHost.Manifests;

/// <summary>What a plugin says of itself in <c>plugin.json</c>, checked. Immutable.</summary>
internal sealed class PluginManifest
{
    public const string FileName = "plugin.json";

    /// <summary>The only isolation this host offers.</summary>
    public const string InProcess = "in-process";

    /// <summary>Known to the format, refused by this host with the reason.</summary>
    public const string OwnProcess = "process";

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required ContractVersion Contract { get; init; }

    /// <summary>The file name of the entry assembly inside the plugin's folder.</summary>
    public required string Entry { get; init; }

    public string Summary { get; init; } = string.Empty;

    public required IReadOnlySet<string> Capabilities { get; init; }

    public IReadOnlySet<string> Models { get; init; } = new HashSet<string>();

    /// <summary>Tasks whose models it may list and lease.</summary>
    public IReadOnlySet<string> Tasks { get; init; } = new HashSet<string>();

    /// <summary>Methods of other plugins that it may call for apps.</summary>
    public IReadOnlySet<string> Calls { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    /// <summary>Which models learn from feedback on which methods.</summary>
    public IReadOnlyList<PluginPersonalisation> Personalisations { get; init; } = [];

    public string Isolation { get; init; } = InProcess;

    /// <summary>The <c>settings</c> object as flat <c>a:b</c> keys.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
