using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_CommandLineOverEnvironmentOverFile_EachWithItsOrigin()
    {
        var configuration = Find(
            """{"Ipc":{"MaxConnections":1,"MaxDepth":10,"StreamCredit":3},"Plugins":{"Disabled":["a","b","c"]}}""",
            new() { ["EDGEHOST_Ipc__MaxConnections"] = "2", ["EDGEHOST_ipc__maxdepth"] = "20", ["EDGEHOST_Plugins__Disabled"] = "d, e", ["EDGEHOST_ENDPOINT"] = "/x", ["PATH"] = "/bin" },
            ("Ipc:MaxConnections", "3"));

        Assert.Equal(("3", "command line"), Of(configuration, "Ipc:MaxConnections"));
        Assert.Equal(("20", "environment"), Of(configuration, "Ipc:MaxDepth"));
        Assert.Equal(("3", "file"), Of(configuration, "Ipc:StreamCredit"));
        Assert.Equal(("d", "environment"), Of(configuration, "Plugins:Disabled:0"));
        Assert.Equal(("e", "environment"), Of(configuration, "Plugins:Disabled:1"));
        Assert.DoesNotContain("Plugins:Disabled:2", configuration.Values.Keys);
    }

    [Theory]
    [InlineData("Runtime:Pool:BudgetBytes", "600 MB", "Runtime:Pool:BudgetBytes", "600000000")]
    [InlineData("Runtime:Pool:BudgetBytes", "7000000", "Runtime:Pool:BudgetBytes", "7000000")]
    [InlineData("Runtime:Pool:IdleTimeout", "5 min", "Runtime:Pool:IdleTimeout", "00:05:00")]
    [InlineData("OnnxRuntime:AllowVirtualDevices", "True", "OnnxRuntime:AllowVirtualDevices", "True")]
    [InlineData("Runtime:Devices:Models:ocr-rec:Prefer", "npu,cpu", "Runtime:Devices:Models:ocr-rec:Prefer:1", "Cpu")]
    [InlineData("Runtime:Devices:Models:ocr-rec:Prefer", """["npu"]""", "Runtime:Devices:Models:ocr-rec:Prefer:0", "Npu")]
    [InlineData("Apps:Rules:camera", """{"Grants":["vision.*"]}""", "Apps:Rules:camera:Grants:0", "vision.*")]
    [InlineData("Plugins:Settings:edgehost.vision:a:b", "7", "Plugins:Settings:edgehost.vision:a:b", "7")]
    [InlineData("ModelStore:NpmExecutable", "12", "ModelStore:NpmExecutable", "12")]
    public void Find_ATextOfAnyKind_IsReadAsInTheFile(string key, string text, string path, string value)
        => Assert.Equal(value, Find("{}", [], (key, text)).Values[path]);

    [Theory]
    [InlineData("Ipc:MaxConnection", "1", "--set Ipc:MaxConnection: Ipc:MaxConnection is not a key; did you mean MaxConnections?")]
    [InlineData("Ipcc:MaxConnections", "1", "--set Ipcc:MaxConnections: Ipcc is not a section; did you mean Ipc?")]
    [InlineData("Ipc:MaxConnections", "0", "--set Ipc:MaxConnections: Ipc:MaxConnections is 0; it takes a whole number from 1 to 10000.")]
    [InlineData("Ipc:MaxConnections", "many", "--set Ipc:MaxConnections: Ipc:MaxConnections is \"many\"; it takes a whole number from 1 to 10000.")]
    [InlineData("Ipc:MaxConnections:0", "1", "--set Ipc:MaxConnections:0: Ipc:MaxConnections takes a whole number from 1 to 10000 and has no keys below it.")]
    [InlineData("Plugins:Disabled:0", "a", "--set Plugins:Disabled:0: an array is set as a whole")]
    [InlineData("Apps:Rules:camera", "vision", "--set Apps:Rules:camera: Apps:Rules:camera takes a JSON object, not 'vision'.")]
    [InlineData("Apps:Rules:camera:Grants", "[1", "--set Apps:Rules:camera:Grants: Apps:Rules:camera:Grants takes a JSON array, not '[1'.")]
    public void Find_ATextThatIsNotGood_IsNamedWithWhatIsAllowed(string key, string text, string problem)
        => Assert.Contains(problem, Assert.Throws<UsageException>(() => Find("{}", [], (key, text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_ProblemsInEverySource_AreAllNamed()
    {
        var message = Assert.Throws<UsageException>(() => Find("""{"Ipc":{"A":1}}""", new() { ["EDGEHOST_Ipc__B"] = "1" }, ("Ipc:C", "1"))).Message;

        Assert.All(["Ipc:A is not a key", "EDGEHOST_Ipc__B", "--set Ipc:C"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Find_WithoutAFile_TakesTheEnvironmentAlone()
    {
        var configuration = HostConfiguration.Find(new ConfigurationSources(Named: null, _folder.Path)
        {
            Environment = [new ConfigurationText("EDGEHOST_Ipc__MaxDepth", "Ipc:MaxDepth", "9")],
        });

        Assert.Null(configuration!.Path);
        Assert.Equal("9", configuration.Values["Ipc:MaxDepth"]);
    }

    private HostConfiguration Find(string json, Dictionary<string, string> environment, params (string Key, string Text)[] settings)
    {
        File.WriteAllText(_folder.Combine("edgehost.json"), json);
        return HostConfiguration.Find(new ConfigurationSources(Named: null, _folder.Path)
        {
            Environment = ConfigurationSources.FromEnvironment(environment),
            CommandLine = [.. settings.Select(setting => new ConfigurationText($"--set {setting.Key}", setting.Key, setting.Text))],
        })!;
    }

    private static (string?, string?) Of(HostConfiguration configuration, string key) => (configuration.Values[key], configuration.OriginOf(key));
}
