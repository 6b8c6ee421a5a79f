using System.CommandLine;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.Ipc;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Cli;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
    private const string EndpointKey = $"{IpcOptions.SectionName}:{nameof(IpcOptions.Endpoint)}";
    private const string BudgetKey =
        $"{EdgeHostRuntimeOptions.SectionName}:{nameof(EdgeHostRuntimeOptions.Pool)}:{nameof(ModelPoolOptions.BudgetBytes)}";

    public static Option<string?> Endpoint { get; } = new("--endpoint")
    {
        Description = $"The host's socket (default: {EdgeHostPaths.EndpointVariable} or the user's runtime folder).",
        Recursive = true,
        HelpName = "PATH",
    };

    public static Option<string?> Home { get; } = new("--home")
    {
        Description = $"Folder of models and data (default: {EdgeHostPaths.HomeVariable} or the user's data folder).",
        Recursive = true,
        HelpName = "DIR",
    };

    public static Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "A further folder of plugins; may be given several times.",
        Recursive = true,
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string?> Config { get; } = new("--config")
    {
        Description = $"The configuration file (default: {ConfigurationSources.FileVariable}, or {HostConfiguration.DefaultFileName} in the home folder, if it is there).",
        Recursive = true,
        HelpName = "FILE",
    };

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Sets a key of the configuration, over the file and the environment; may be given several times.",
        Recursive = true,
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static IEnumerable<Option> All => [Endpoint, Home, Plugins, Config, Set];

    /// <summary>The switch of every verb that prints a list or a report; <c>call</c> prints JSON always.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON for machines instead of text for people." };

    /// <summary>What this command line says of a host, with its configuration file.</summary>
    /// <exception cref="UsageException">The file is wrong.</exception>
    public static HostSettings SettingsOf(ParseResult parsed, long? memoryBudget = null, HostVerbosity? verbosity = null, bool stopWithInput = false)
    {
        var sources = SourcesOf(parsed);

        // Before the files are read, so that no later change goes unseen.
        var stamp = FileStamps.Of(ConfigurationWatch.FilesOf(sources));
        return SettingsOf(parsed, HostConfiguration.Find(sources), memoryBudget, verbosity, stopWithInput) with { FilesStamp = stamp };
    }

    /// <summary>Opens the door for programs that speak the Wyoming protocol; of <c>serve</c> alone.</summary>
    public static Option<bool> Wyoming { get; } = new("--wyoming") { Description = "Serve programs that speak the Wyoming protocol, such as Home Assistant, on 127.0.0.1:10300 (Wyoming:Address, Wyoming:Port)." };

    /// <summary>Opens the door for programs that speak OpenAI's interface; of <c>serve</c> alone.</summary>
    public static Option<bool> Gateway { get; } = new("--gateway") { Description = "Serve programs that speak OpenAI's HTTP interface on http://127.0.0.1:10400/v1 (Gateway:Port); keys come from 'edgehost apps add APP --token'." };

    /// <summary>Where this command line takes the configuration from.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">A file in place of the usual one, or null.</param>
    /// <exception cref="UsageException">A <c>--set</c> has no value.</exception>
    public static ConfigurationSources SourcesOf(ParseResult parsed, string? file = null)
    {
        var inEnvironment = Environment.GetEnvironmentVariable(ConfigurationSources.FileVariable) is { Length: > 0 } variable ? variable : null;
        return new ConfigurationSources(file ?? parsed.GetValue(Config) ?? inEnvironment, HomeOf(parsed))
        {
            Environment = ConfigurationSources.FromEnvironment(Environment.GetEnvironmentVariables()),
            CommandLine = [.. (parsed.GetValue(Set) ?? []).Select(SettingOf), .. Switch(Wyoming, "Wyoming:IsEnabled"), .. Switch(Gateway, "Gateway:IsEnabled")],
        };

        ConfigurationText[] Switch(Option<bool> option, string key) => parsed.GetValue(option) ? [new ConfigurationText(option.Name, key, "true")] : [];
    }

    /// <summary>What this command line says of a host, with a file that was read before, or none.</summary>
    public static HostSettings SettingsOf(
        ParseResult parsed, HostConfiguration? configuration, long? memoryBudget = null, HostVerbosity? verbosity = null, bool stopWithInput = false)
    {
        var given = parsed.GetValue(Endpoint);
        var inEnvironment = Environment.GetEnvironmentVariable(EdgeHostPaths.EndpointVariable) is { Length: > 0 } variable ? variable : null;
        var overrides = new Dictionary<string, string>();
        if ((given ?? inEnvironment) is not null) overrides[EndpointKey] = given is not null ? OptionLine.FromCommandLine : OptionLine.FromEnvironment;
        if (memoryBudget is not null) overrides[BudgetKey] = OptionLine.FromCommandLine;
        return new HostSettings
        {
            Endpoint = given ?? inEnvironment,
            Home = HomeOf(parsed),
            PluginFolders = parsed.GetValue(Plugins) ?? [],
            MemoryBudgetBytes = memoryBudget,
            Verbosity = verbosity,
            StopWithInput = stopWithInput,
            Configuration = configuration,
            Sources = SourcesOf(parsed),
            Overrides = overrides,
        };
    }

    private static ConfigurationText SettingOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new ConfigurationText($"--set {text[..equals]}", text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set takes KEY=VALUE, not '{text}'.");
    }

    public static string EndpointOf(ParseResult parsed) => parsed.GetValue(Endpoint) ?? EdgeHostPaths.Endpoint;

    public static string HomeOf(ParseResult parsed) => parsed.GetValue(Home) is { } home ? Path.GetFullPath(home) : EdgeHostPaths.Home;
}
