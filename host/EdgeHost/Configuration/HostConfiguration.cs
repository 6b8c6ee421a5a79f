using EdgeHost.Host.Cli;
using Microsoft.Extensions.Configuration;

namespace EdgeHost.Host.Configuration;

/// <summary>A configuration file that was read and found good.</summary>
internal sealed class HostConfiguration
{
    /// <summary>The file that is read without being named, in the home folder.</summary>
    public const string DefaultFileName = "edgehost.json";

    private const long MostBytes = 1 << 20;
    private const int MostProblemsShown = 20;

    private HostConfiguration(string path, IReadOnlyDictionary<string, string?> values)
    {
        Path = path;
        Values = values;
        Root = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    public string Path { get; }

    /// <summary>What the file says, by the full path of the key: <c>Runtime:Pool:BudgetBytes</c>.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; }

    public IConfiguration Root { get; }

    /// <summary>The named file, or the home folder's if it has one, or null.</summary>
    /// <exception cref="UsageException">The named file is not there, or one of the two is wrong; the message has every problem.</exception>
    public static HostConfiguration? Find(string? named, string home)
    {
        if (named is not null) return Load(named);
        var usual = System.IO.Path.Combine(home, DefaultFileName);
        return File.Exists(usual) ? Load(usual) : null;
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="UsageException">It cannot be read or is wrong.</exception>
    public static HostConfiguration Load(string path)
    {
        var (values, problems) = ConfigurationReader.Read(ReadBytes(path));
        if (problems.Count == 0) return new HostConfiguration(System.IO.Path.GetFullPath(path), values);
        var shown = problems.Take(MostProblemsShown).Select(problem => $"  {problem}");
        throw new UsageException(
            $"{path} is not a good configuration:{Environment.NewLine}{string.Join(Environment.NewLine, shown)}{Environment.NewLine}"
            + (problems.Count > MostProblemsShown ? $"  and {problems.Count - MostProblemsShown} more{Environment.NewLine}" : string.Empty)
            + "'edgehost config keys' lists every key and what it takes.");
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
