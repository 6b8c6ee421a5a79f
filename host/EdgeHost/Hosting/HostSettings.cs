using EdgeHost.Host.Configuration;

namespace EdgeHost.Host.Hosting;

/// <summary>What the command line, the environment and the configuration file say about the host to run.</summary>
internal sealed record HostSettings
{
    /// <summary>The socket where the command line or the environment names one; null for the file's or the usual one.</summary>
    public string? Endpoint { get; init; }

    public required string Home { get; init; }

    /// <summary>Folders of plugins besides the built-in ones and those below the home folder.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    public long? MemoryBudgetBytes { get; init; }

    /// <summary>How much to log, where the command line says so; null for what the configuration says.</summary>
    public HostVerbosity? Verbosity { get; init; }

    /// <summary>Whether the end of standard input stops the host.</summary>
    public bool StopWithInput { get; init; }

    /// <summary>The configuration file, or null where there is none.</summary>
    public HostConfiguration? Configuration { get; init; }

    /// <summary>Where the configuration comes from, to read it again.</summary>
    public ConfigurationSources Sources
    {
        get => field ?? new ConfigurationSources(Named: null, Home);
        init;
    }

    /// <summary>The state of its files before they were read, or null.</summary>
    public string? FilesStamp { get; init; }

    /// <summary>The rules of <c>apps.json</c> where they were read to be shown; null otherwise.</summary>
    public HostConfiguration? Apps { get; init; }

    /// <summary>The full paths of the keys that the command line or the environment sets, with which of the two.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();
}
