using System.Text;
using EdgeHost.Host.Cli;
using Microsoft.Extensions.Configuration;

namespace EdgeHost.Host.Configuration;

/// <summary>A configuration that was read from all its sources and found good, each value for itself. Immutable.</summary>
internal sealed class HostConfiguration
{
    /// <summary>The file that is read without being named, in the home folder.</summary>
    public const string DefaultFileName = "edgehost.json";

    private const long MostBytes = 1 << 20;
    private const int MostProblemsShown = 20;

    private readonly IReadOnlyDictionary<string, string> _origins;

    private HostConfiguration(string? path, IReadOnlyDictionary<string, string?> values, IReadOnlyDictionary<string, string> origins)
    {
        Path = path;
        Values = values;
        _origins = origins;
        Root = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    /// <summary>The file, or null where none was read.</summary>
    public string? Path { get; }

    /// <summary>What is set, by the full path of the key: <c>Runtime:Pool:BudgetBytes</c>.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; }

    public IConfiguration Root { get; }

    /// <summary>The named file, or the home folder's if it has one, or null.</summary>
    /// <exception cref="UsageException">The named file is not there, or one of the two is wrong; the message has every problem.</exception>
    public static HostConfiguration? Find(string? named, string home) => Find(new ConfigurationSources(named, home));

    /// <summary>What the sources say together; null where they say nothing.</summary>
    /// <exception cref="UsageException">A named file is not there, or something is wrong; the message has every problem of every source.</exception>
    public static HostConfiguration? Find(ConfigurationSources sources)
    {
        var hasFile = sources.Named is not null || File.Exists(sources.Path);
        if (!hasFile && sources.Environment.Count == 0 && sources.CommandLine.Count == 0) return null;
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var origins = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var message = new StringBuilder();
        if (hasFile)
        {
            var (read, problems) = ConfigurationReader.Read(ReadBytes(sources.Path));
            foreach (var (key, value) in read) (values[key], origins[key]) = (value, OptionLine.FromFile);
            Complain(message, $"{sources.Path} is not a good configuration:", problems);
        }

        Complain(
            message, "The environment has settings that are not good:", [.. sources.Environment.SelectMany(text => TextLayer.Apply(text, OptionLine.FromEnvironment, values, origins))]);
        Complain(
            message, "The command line has settings that are not good:", [.. sources.CommandLine.SelectMany(text => TextLayer.Apply(text, OptionLine.FromCommandLine, values, origins))]);
        return message.Length == 0
            ? new HostConfiguration(hasFile ? System.IO.Path.GetFullPath(sources.Path) : null, values, origins)
            : throw new UsageException($"{message}'edgehost config keys' lists every key and what it takes.");
    }

    /// <summary>Reads and checks a file alone.</summary>
    /// <exception cref="UsageException">It cannot be read or is wrong.</exception>
    public static HostConfiguration Load(string path) => Find(new ConfigurationSources(path, string.Empty))!;

    /// <summary>Makes one of values that were found good.</summary>
    public static HostConfiguration Of(IReadOnlyDictionary<string, string?> values) => new(path: null, values, new Dictionary<string, string>());

    /// <summary>Where the value of a key, or something below it, comes from; null where nothing is set.</summary>
    public string? OriginOf(string path)
        => _origins.TryGetValue(path, out var origin) ? origin : _origins.FirstOrDefault(known => TextLayer.IsAtOrBelow(known.Key, path)).Value;

    private static void Complain(StringBuilder message, string heading, IReadOnlyList<string> problems)
    {
        if (problems.Count == 0) return;
        message.AppendLine(heading);
        foreach (var problem in problems.Take(MostProblemsShown)) message.Append("  ").AppendLine(problem);
        if (problems.Count > MostProblemsShown) message.AppendLine($"  and {problems.Count - MostProblemsShown} more");
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new UsageException($"There is no configuration file {path}.");
            if (file.Length > MostBytes) throw new UsageException($"The configuration file {path} has {file.Length} bytes; at most {MostBytes} are read.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The configuration file {path} cannot be read: {e.Message}");
        }
    }
}
