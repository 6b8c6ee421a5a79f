using System.Collections;

namespace EdgeHost.Host.Configuration;

/// <summary>
/// Where a configuration comes from, the weaker before the stronger: the file, the environment, the command line. Read again as a whole when the file changes.
/// </summary>
/// <param name="Named">The file that must be there, or null for the home folder's, which may be missing.</param>
/// <param name="Home">The home folder.</param>
internal sealed record ConfigurationSources(string? Named, string Home)
{
    /// <summary>The variable that names the file where no option does.</summary>
    public const string FileVariable = "EDGEHOST_CONFIG";

    /// <summary>How variables of keys begin; two underscores stand for a colon: <c>EDGEHOST_Ipc__MaxConnections</c>.</summary>
    public const string VariablePrefix = "EDGEHOST_";

    private const string Separator = "__";

    /// <summary>The file that is read if it is there.</summary>
    public string Path => Named ?? System.IO.Path.Combine(Home, HostConfiguration.DefaultFileName);

    /// <summary>Keys and their texts from the environment, by the variable's name.</summary>
    public IReadOnlyList<ConfigurationText> Environment { get; init; } = [];

    /// <summary>Keys and their texts from the command line.</summary>
    public IReadOnlyList<ConfigurationText> CommandLine { get; init; } = [];

    /// <summary>The variables of keys among all variables.</summary>
    public static IReadOnlyList<ConfigurationText> FromEnvironment(IDictionary variables)
    {
        var found = new List<ConfigurationText>();
        foreach (DictionaryEntry entry in variables)
        {
            var name = (string)entry.Key;
            if (!name.StartsWith(VariablePrefix, StringComparison.Ordinal) || !name.Contains(Separator, StringComparison.Ordinal)) continue;
            found.Add(new ConfigurationText(name, name[VariablePrefix.Length..].Replace(Separator, ":", StringComparison.Ordinal), (string?)entry.Value ?? string.Empty));
        }

        // The environment has no order; lists of a group before what is set below it.
        return [.. found.OrderBy(text => text.Key, StringComparer.OrdinalIgnoreCase)];
    }
}
