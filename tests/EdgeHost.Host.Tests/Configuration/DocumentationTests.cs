using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Configuration;

/// <summary>What the documents say of the configuration is what the options classes say.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Operations_TableOfKeys_IsTheOneThatTheProgramPrints()
    {
        var documented = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md")).ToHashSet(StringComparer.Ordinal);

        var missing = OptionReference.ToMarkdown().Where(row => !documented.Contains(row)).ToList();

        Assert.True(missing.Count == 0, $"docs/operations.md lacks these rows; 'edgehost config keys --markdown' prints the table:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Operations_TableOfKeys_HasNoKeyThatIsGone()
    {
        var keys = OptionReference.Lines.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
        var sections = ConfigurationSections.All.Select(section => section.Name).ToHashSet(StringComparer.Ordinal);

        var gone = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Where(key => sections.Contains(key.Split(':')[0]) && key.Contains(':', StringComparison.Ordinal) && !keys.Contains(key));

        Assert.Empty(gone);
    }

    [Fact]
    public void Options_EachKey_SaysWhatItMeans()
        => Assert.Empty(OptionReference.Lines.Where(line => line.Meaning.Length == 0).Select(line => line.Key));

    [Fact]
    public void Sample_OfTheIntegrator_IsGoodAndSaysSomething()
    {
        var configuration = HostConfiguration.Load(Path.Combine(Repository.Root, "samples", "Integrator", "edgehost.json"));

        using var folder = new TempFolder();
        var (_, problems) = EffectiveOptions.Read(new HostSettings { Home = folder.Path, Configuration = configuration });

        Assert.Empty(problems);
        Assert.NotEmpty(configuration.Values);
    }

    [Fact]
    public void Load_AFileThatIsNotThere_SaysSo()
        => Assert.Contains("/does/not/exist.json", Assert.Throws<UsageException>(() => HostConfiguration.Load("/does/not/exist.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_WithoutAFileInTheHomeFolder_IsNone()
    {
        using var folder = new TempFolder();

        Assert.Null(HostConfiguration.Find(named: null, folder.Combine("home")));
    }
}
