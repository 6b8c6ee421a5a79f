using System.CommandLine;

namespace EdgeHost.Host.Cli;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
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

    public static IEnumerable<Option> All => [Endpoint, Home, Plugins];

    /// <summary>The switch of every verb that prints a list or a report; <c>call</c> prints JSON always.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON for machines instead of text for people." };

    public static string EndpointOf(ParseResult parsed) => parsed.GetValue(Endpoint) ?? EdgeHostPaths.Endpoint;

    public static string HomeOf(ParseResult parsed) => parsed.GetValue(Home) is { } home ? Path.GetFullPath(home) : EdgeHostPaths.Home;
}
