namespace EdgeHost.Host.Hosting;

/// <summary>What the command line says about the host to run.</summary>
internal sealed class HostSettings
{
    public required string Endpoint { get; init; }

    public required string Home { get; init; }

    /// <summary>Folders of plugins besides the built-in ones and those below the home folder.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    public long? MemoryBudgetBytes { get; init; }

    public HostVerbosity Verbosity { get; init; } = HostVerbosity.Events;

    /// <summary>Whether the end of standard input stops the host.</summary>
    public bool StopWithInput { get; init; }
}
