using EdgeHost.PluginHost.Tests.Support;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Tests.Descriptions;

/// <summary>Discovery over the lives of several hosts with one folder of descriptions.</summary>
public sealed class KnownDescriptionTests : IDisposable
{
    private readonly EdgeHost.TestKit.TempFolder _folder = new();

    private string Folder => _folder.Combine("known");

    private string KnownFile => Path.Combine(Folder, "test.good.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Describe_APluginNeverStarted_StartsIt()
    {
        await using var host = Start();

        Assert.Equal(["tiny"], (await DescribeAsync(host, "good.version")).Models);
        Assert.Equal(PluginState.Active, host.Info("test.good").State);
    }

    [Fact]
    public async Task Describe_APluginThatWasStartedBefore_StartsNothing()
    {
        await LearnAsync();
        await using var host = Start();

        Assert.Equal(["tiny"], (await DescribeAsync(host, "good.version")).Models);
        Assert.Equal(CapabilityKind.ServerStream, (await DescribeAsync(host, "good.stream")).Kind);
        Assert.NotEqual(PluginState.Active, host.Info("test.good").State);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Describe_AnotherVersion_StartsIt()
    {
        await LearnAsync();
        await using var host = Start("GoodNext");

        Assert.Equal("good.settings", (await DescribeAsync(host, "good.settings")).Method);
        Assert.Equal(PluginState.Active, host.Info("test.good").State);
    }

    [Fact]
    public async Task Describe_OtherBytesUnderTheSameVersion_StartsIt()
    {
        await LearnAsync();
        await using var host = Start("GoodNext", edit: manifest => (manifest["version"], manifest["capabilities"]) = ("1.0.0", new System.Text.Json.Nodes.JsonArray("good.version", "good.wait", "good.stream", "good.settings")));

        _ = await DescribeAsync(host, "good.version");
        Assert.Equal(PluginState.Active, host.Info("test.good").State);
    }

    [Fact]
    public async Task Describe_OtherSettingsOfTheIntegrator_StartsIt()
    {
        await LearnAsync();
        await using var host = Start();
        host.Options.Settings["test.good"] = new Dictionary<string, string> { ["greeting:text"] = "hi" };

        _ = await DescribeAsync(host, "good.version");
        Assert.Equal(PluginState.Active, host.Info("test.good").State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"key":"x","capabilities":[]}""")]
    public async Task Describe_ABrokenFile_IsMadeAnew(string content)
    {
        await LearnAsync();
        var good = await File.ReadAllTextAsync(KnownFile);
        await File.WriteAllTextAsync(KnownFile, content);

        await LearnAsync();

        Assert.Equal(good, await File.ReadAllTextAsync(KnownFile));
    }

    [Fact]
    public async Task Describe_AFileThatIsTooLarge_IsMadeAnew()
    {
        await LearnAsync();
        var good = await File.ReadAllTextAsync(KnownFile);
        await File.WriteAllTextAsync(KnownFile, good + new string(' ', 5 << 20));

        await LearnAsync();

        Assert.Equal(good, await File.ReadAllTextAsync(KnownFile));
    }

    [Fact]
    public async Task Describe_WhereNothingCanBeKept_AsksThePlugin()
    {
        await File.WriteAllTextAsync(Folder, "a file in the folder's place");
        await using var host = Start();

        Assert.Equal("good.wait", (await DescribeAsync(host, "good.wait")).Method);
        await host.Registry.StopAsync().WaitAsync(PluginTestHost.Unexpected);
        Assert.Contains(host.Loggers.Lines, line => line.Contains("cannot be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Learn_MoreFilesThanPlugins_RemovesTheOldest()
    {
        Directory.CreateDirectory(Folder);
        for (var i = 0; i < 5; i++)
        {
            var old = Path.Combine(Folder, $"gone{i}.json");
            await File.WriteAllTextAsync(old, "{}");
            File.SetLastWriteTimeUtc(old, new DateTime(2020, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        await LearnAsync(most: 3);

        Assert.Equal(["gone3.json", "gone4.json", "test.good.json"], Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task<CapabilityDescriptor> DescribeAsync(PluginTestHost host, string method)
        => await host.Catalog.Find(method)!.Target.DescribeAsync(method, CancellationToken.None).AsTask().WaitAsync(PluginTestHost.Unexpected);

    // The stop waits until everything is written.
    private async Task LearnAsync(int most = 256)
    {
        await using var host = Start();
        host.Options.MaxPlugins = most;
        _ = await DescribeAsync(host, "good.version");
    }

    private PluginTestHost Start(string plugin = "Good", Action<System.Text.Json.Nodes.JsonObject>? edit = null)
    {
        var host = new PluginTestHost();
        host.Options.DescriptionFolder = Folder;
        host.Install(plugin, "Good", edit);
        host.Registry.Scan();
        return host;
    }
}
