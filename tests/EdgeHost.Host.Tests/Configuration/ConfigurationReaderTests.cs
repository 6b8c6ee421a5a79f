using System.Text;
using CsCheck;
using EdgeHost.Host.Configuration;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_GoodFile_ComesOutFlatInTheBindersWords()
    {
        var (values, problems) = Read("""
            {
              "$schema": "schema.json",
              // a comment
              "Runtime": {
                "Pool": { "BudgetBytes": "600 MB", "IdleTimeout": "90 s", "MaxValueBytes": 2048 },
                "Scheduling": { "Concurrency": { "cpu": 2 } },
                "Devices": { "Apps": { "photos": { "Require": ["npu"] } } },
              },
              "ipc": { "socketMode": "0660", "DefaultDeadline": null },
            }
            """);

        Assert.Empty(problems);
        Assert.Equal("600000000", values["Runtime:Pool:BudgetBytes"]);
        Assert.Equal("00:01:30", values["Runtime:Pool:IdleTimeout"]);
        Assert.Equal("2048", values["Runtime:Pool:MaxValueBytes"]);
        Assert.Equal("2", values["Runtime:Scheduling:Concurrency:cpu"]);
        Assert.Equal("Npu", values["Runtime:Devices:Apps:photos:Require:0"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, Enum.Parse<UnixFileMode>(values["Ipc:SocketMode"]!));
        Assert.Equal(6, values.Count);
    }

    [Theory]
    [InlineData("""{"Runtine":{}}""", "Runtine is not a section; did you mean Runtime?")]
    [InlineData("""{"Zzzzzzzz":{}}""", "Zzzzzzzz is not a section; there are Runtime, OnnxRuntime, Ipc, Apps, ModelStore, ModelImport, Plugins, Learning, Pictures, Deployment, Jobs, Wyoming, Gateway, Host.")]
    [InlineData("""{"Runtime":{"Pool":{"budget_bytes":1}}}""", "Runtime:Pool:budget_bytes is not a key; did you mean BudgetBytes?")]
    [InlineData("""{"Runtime":{"Pool":{"BudgetBytes":5}}}""", "Runtime:Pool:BudgetBytes is 5; it takes bytes from 1 MiB, a number or text such as \"600 MB\", \"1 GiB\".")]
    [InlineData("""{"Runtime":{"Pool":{"BudgetBytes":"5 parsecs"}}}""", "Runtime:Pool:BudgetBytes is \"5 parsecs\"; it takes bytes")]
    [InlineData("""{"Runtime":{"Pool":{"BudgetBytes":1e30}}}""", "Runtime:Pool:BudgetBytes is 1e30; it takes bytes")]
    [InlineData("""{"Runtime":{"Pool":{"IdleTimeout":5}}}""", "Runtime:Pool:IdleTimeout is 5; it takes a time from 1 s to 30 d, written")]
    [InlineData("""{"Runtime":{"Pool":{"IdleTimeout":"31 d"}}}""", "Runtime:Pool:IdleTimeout is \"31 d\"; it takes a time from 1 s to 30 d, written")]
    [InlineData("""{"Runtime":{"Pool":{"MaxValueBytes":null}}}""", "Runtime:Pool:MaxValueBytes is null; leave it out for the default.")]
    [InlineData("""{"Runtime":{"Scheduling":{"QueueLimit":1,"queueLimit":2}}}""", "Runtime:Scheduling:QueueLimit is there twice.")]
    [InlineData("""{"Runtime":{"Scheduling":{"Concurrency":{"a:b":1}}}}""", "Runtime:Scheduling:Concurrency has the name 'a:b'; a name is not empty and has no colon.")]
    [InlineData("""{"Runtime":{"Scheduling":{"Concurrency":[1]}}}""", "Runtime:Scheduling:Concurrency is [1]; it takes an object of names.")]
    [InlineData("""{"Runtime":{"Devices":{"Models":{"m":{"Prefer":["npu","quantum"]}}}}}""", "Runtime:Devices:Models:m:Prefer:1 is \"quantum\"; it takes one of Cpu, Gpu, Npu.")]
    [InlineData("""{"OnnxRuntime":{"ProviderLibraries":[{"Name":"x"}]}}""", "OnnxRuntime:ProviderLibraries:0:Path is missing; it takes text.")]
    [InlineData("""{"OnnxRuntime":{"AllowVirtualDevices":"yes"}}""", "OnnxRuntime:AllowVirtualDevices is \"yes\"; it takes true or false.")]
    [InlineData("""{"ModelStore":{"HuggingFaceEndpoint":"nowhere"}}""", "ModelStore:HuggingFaceEndpoint is \"nowhere\"; it takes an absolute address.")]
    [InlineData("""{"Ipc":{"SocketMode":"rw"}}""", "Ipc:SocketMode is \"rw\"; it takes a mode as octal text such as \"0600\".")]
    [InlineData("""[]""", "it must be a JSON object with the sections as its keys.")]
    [InlineData("{\n \"Runtime\": }", "it is not JSON at line 2, column 13:")]
    public void Read_OneMistake_IsNamedWithItsPlaceAndWhatIsAllowed(string json, string problem)
        => Assert.StartsWith(problem, Assert.Single(Read(json).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_ASecretOfTheWrongKind_IsNotShown()
        => Assert.StartsWith("Apps:Rules:a:TokenHash is ***; it takes text", Assert.Single(Read("""{"Apps":{"Rules":{"a":{"TokenHash":12345}}}}""").Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_AMistake_HasItsLine()
    {
        var (_, problems) = Read("""
            {
              // a comment
              "Ipc": {
                "MaxConnection": 3, "MaxDepth": 6,
                "StreamCredit": "x" },
              "OnnxRuntime": { "ProviderLibraries": [
                { "Name": "a", "Path": "/a" },
                { "Name": "b" } ] },
              "Apps": {}, "Apps": {}
            }
            """);

        Assert.Equal([4, 5, 8, 9], problems.Select(problem => int.Parse(problem[(problem.LastIndexOf("(line ", StringComparison.Ordinal) + 6)..^1])));
    }

    [Fact]
    public void Read_SeveralMistakes_AreAllNamed()
        => Assert.Equal(3, Read("""{"A":1,"Runtime":{"Pool":{"B":1,"MaxFileBytes":0}}}""").Problems.Count);

    [Fact]
    public void Read_SettingsOfAPlugin_KeepTheirFlatKeys()
    {
        var (values, problems) = Read("""{"Plugins":{"Settings":{"edgehost.vision":{"a:b":"1","c":"2"}}}}""");

        Assert.Empty(problems);
        Assert.Equal("1", values["Plugins:Settings:edgehost.vision:a:b"]);
        Assert.Equal("2", values["Plugins:Settings:edgehost.vision:c"]);
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows()
        => Gen.Byte.Array[0, 200].Sample(bytes => Read(bytes).Problems.Count >= 0);

    [Fact]
    public void Read_GoodFileCutAnywhere_IsAProblemAndNoException()
    {
        var whole = """{"Runtime":{"Pool":{"BudgetBytes":"600 MB"},"Devices":{"Apps":{"a":{"Prefer":["Npu"]}}}}}"""u8.ToArray();
        for (var length = 0; length < whole.Length; length++) Assert.NotEmpty(Read(whole[..length]).Problems);
    }

    private static (IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Problems) Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private static (IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Problems) Read(byte[] json) => ConfigurationReader.Read(json);
}
