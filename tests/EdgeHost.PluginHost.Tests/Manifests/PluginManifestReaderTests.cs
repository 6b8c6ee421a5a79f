using System.Text;
using CsCheck;
using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Tests.Manifests;

public sealed class PluginManifestReaderTests
{
    private const string Whole = """
        { "id": "edgehost.vision", "version": "0.1.0", "contract": "1.0", "entry": "EdgeHost.Plugins.Vision.dll",
          "summary": "Sees.", "capabilities": ["vision.recognize_text", "vision.detect_faces"], "models": ["ocr-det"],
          "permissions": ["camera"], "isolation": "in-process",
          "settings": { "threads": 2, "deep": { "on": true, "list": ["a", "b"] }, "none": null } }
        """;

    [Fact]
    public void Read_WholeManifest_HasEveryMember()
    {
        var manifest = Read(Whole).Manifest!;

        Assert.Equal("edgehost.vision", manifest.Id);
        Assert.Equal("0.1.0", manifest.Version);
        Assert.Equal(new ContractVersion(1, 0), manifest.Contract);
        Assert.Equal("EdgeHost.Plugins.Vision.dll", manifest.Entry);
        Assert.Equal("Sees.", manifest.Summary);
        Assert.Equal(["vision.detect_faces", "vision.recognize_text"], manifest.Capabilities.Order(StringComparer.Ordinal));
        Assert.Equal(["ocr-det"], manifest.Models);
        Assert.Equal(["camera"], manifest.Permissions);
        Assert.Equal("in-process", manifest.Isolation);
        Assert.Equal(
            ["deep:list:0=a", "deep:list:1=b", "deep:on=true", "none=", "threads=2"],
            manifest.Settings.Select(setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_Personalisation_HasMethodModelAndSpecification()
    {
        var manifest = Read("""
            {"id":"a","version":"1.0.0","contract":"1.2","entry":"A.dll","capabilities":["a.b"],"models":["m"],
             "personalisation":[{"method":"a.b","model":"m","spec":"personal/m.json"}]}
            """).Manifest!;

        Assert.Equal([new PluginPersonalisation("a.b", "m", "personal/m.json")], manifest.Personalisations);
    }

    [Theory]
    [InlineData("5", "$.personalisation", "an array of objects")]
    [InlineData("[5]", "$.personalisation[0]", "an object with method, model and spec")]
    [InlineData("""[{"method":"a.b","model":"m"}]""", "$.personalisation[0].spec", "missing")]
    [InlineData("""[{"method":"a.c","model":"m","spec":"m.json"}]""", "$.personalisation[0].method", "none of the plugin's capabilities")]
    [InlineData("""[{"method":"a.b","model":"n","spec":"m.json"}]""", "$.personalisation[0].model", "none of the plugin's models")]
    [InlineData("""[{"method":"a.b","model":"m","spec":"../m.json"}]""", "$.personalisation[0].spec", "a .json file below")]
    [InlineData("""[{"method":"a.b","model":"m","spec":"/etc/m.json"}]""", "$.personalisation[0].spec", "a .json file below")]
    [InlineData("""[{"method":"a.b","model":"m","spec":"a\\m.json"}]""", "$.personalisation[0].spec", "a .json file below")]
    [InlineData("""[{"method":"a.b","model":"m","spec":"m.json","modle":1}]""", "$.personalisation[0].modle", "did you mean 'model'?")]
    [InlineData("""[{"method":"a.b","model":"m","spec":"m.json"},{"method":"a.b","model":"m","spec":"n.json"}]""", "$.personalisation[1]", "listed twice")]
    public void Read_WrongPersonalisation_SaysWhere(string list, string path, string problem)
    {
        var reading = Read($$"""{"id":"a","version":"1.0.0","contract":"1.2","entry":"A.dll","capabilities":["a.b"],"models":["m"],"personalisation":{{list}}}""");

        var found = Assert.Single(reading.Problems);
        Assert.Equal(path, found.Path);
        Assert.Contains(problem, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OnlyTheRequired_HasDefaults()
    {
        var manifest = Read("""{"id":"a","version":"1.2.3-beta.1","contract":"1.0","entry":"A.dll","capabilities":["a.b"]}""").Manifest!;

        Assert.Empty(manifest.Models);
        Assert.Empty(manifest.Tasks);
        Assert.Empty(manifest.Settings);
        Assert.Equal(PluginManifest.InProcess, manifest.Isolation);
    }

    [Fact]
    public void Read_Tasks_NeedTheContractThatHasThem()
    {
        Assert.Equal(["speech-recognition", "text_detection"], Of("1.3", """["text_detection","speech-recognition"]""").Manifest!.Tasks.Order(StringComparer.Ordinal));
        Assert.NotNull(Of("1.2", "[]").Manifest);
        Assert.NotNull(Of("2.0", """["speech-recognition"]""").Manifest);
        Assert.Equal(["$.tasks: needs the contract 1.3; $.contract says 1.2"], Of("1.2", """["speech-recognition"]""").Problems.Select(problem => problem.ToString()));
        Assert.Equal(["$.tasks[0]", "$.tasks[2]"], Of("1.3", """["Speech", "ok", "ok"]""").Problems.Select(problem => problem.Path));

        static ManifestReading Of(string contract, string tasks)
            => Read($$"""{"id":"a","version":"1.0.0","contract":"{{contract}}","entry":"A.dll","capabilities":["a.b"],"tasks":{{tasks}}}""");
    }

    [Fact]
    public void Read_Calls_AreMethodsOfOthers_FromContract13On()
    {
        Assert.Equal(["language.embed", "vision.embed_image"], Of("1.3", """["language.embed", "vision.embed_image"]""").Manifest!.Calls.Order(StringComparer.Ordinal));
        Assert.Equal(["$.calls: needs the contract 1.3; $.contract says 1.2"], Of("1.2", """["language.embed"]""").Problems.Select(problem => problem.ToString()));
        Assert.Equal(
            ["$.calls: 'a.b' is the plugin's own capability", "$.calls: 'host.stats': plugins do not call methods of the host"],
            Of("1.3", """["host.stats", "a.b"]""").Problems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal));

        static ManifestReading Of(string contract, string calls)
            => Read($$"""{"id":"a","version":"1.0.0","contract":"{{contract}}","entry":"A.dll","capabilities":["a.b"],"calls":{{calls}}}""");
    }

    [Fact]
    public void Read_ManyProblems_ListsAllWithTheirPaths()
    {
        var reading = Read("""
            { "id": "Bad Id", "version": "1", "contract": "one", "entry": "../x.dll", "capabilites": [], "capabilities": ["ok.method", "nodots", 3, "ok.method"],
              "models": "m", "isolation": "vm", "id": "again", "settings": [] }
            """);

        Assert.Null(reading.Manifest);
        Assert.Equal(
            [
                "$.capabilites", "$.id", "$.id", "$.version", "$.contract", "$.entry", "$.isolation",
                "$.capabilities[1]", "$.capabilities[2]", "$.capabilities[3]", "$.models", "$.settings",
            ],
            reading.Problems.Select(problem => problem.Path));
        Assert.Equal("unknown key; did you mean 'capabilities'?", reading.Problems[0].Message);
    }

    [Fact]
    public void Read_EmptyObject_NamesAllThatIsMissing()
        => Assert.Equal(
            ["$.id: missing", "$.version: missing", "$.contract: missing", "$.entry: missing", "$.capabilities: missing"],
            Read("{}").Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Read_BrokenElsewhere_StillKnowsIdAndVersion()
    {
        var reading = Read("""{"id":"a.b","version":"1.0.0"}""");

        Assert.Equal("a.b", reading.ClaimedId);
        Assert.Equal("1.0.0", reading.ClaimedVersion);
    }

    [Theory]
    [InlineData("id", "\"host\"")]
    [InlineData("id", "\"..\"")]
    [InlineData("id", "\"a/b\"")]
    [InlineData("id", "\"9a\"")]
    [InlineData("id", "7")]
    [InlineData("id", "\"\\ud800\"")]
    [InlineData("entry", "\"a/b.dll\"")]
    [InlineData("entry", "\"..\\\\b.dll\"")]
    [InlineData("entry", "\".dll\"")]
    [InlineData("entry", "\"/etc/x.dll\"")]
    [InlineData("entry", "\"x.exe\"")]
    [InlineData("contract", "\"1.0.0\"")]
    [InlineData("contract", "\"1.-1\"")]
    [InlineData("contract", "\"99999999999.0\"")]
    [InlineData("version", "\"1.0\"")]
    [InlineData("version", "\"1.0.x\"")]
    [InlineData("version", "\"1.0.0-\"")]
    [InlineData("capabilities", "[]")]
    [InlineData("capabilities", "[\"host.hello\"]")]
    [InlineData("capabilities", "[\"Vision.x\"]")]
    [InlineData("capabilities", "[\"a..b\"]")]
    [InlineData("capabilities", "{}")]
    [InlineData("settings", "{\"a:b\":1}")]
    [InlineData("settings", "{\"a\":1,\"A\":2}")]
    public void Read_BadMember_IsNamed(string key, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["id"] = "\"a.b\"", ["version"] = "\"1.0.0\"", ["contract"] = "\"1.0\"", ["entry"] = "\"A.dll\"", ["capabilities"] = "[\"a.b\"]", [key] = value,
        };
        var reading = Read("{" + string.Join(",", members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}");

        Assert.Null(reading.Manifest);
        Assert.All(reading.Problems, problem => Assert.StartsWith(value.Contains("ud800", StringComparison.Ordinal) ? "$" : $"$.{key}", problem.Path, StringComparison.Ordinal));
        Assert.NotEmpty(reading.Problems);
    }

    [Fact]
    public void Read_TruncatedAtEachByte_IsAlwaysAProblem()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var reading = PluginManifestReader.Read(bytes.AsMemory(0, length));
            Assert.Null(reading.Manifest);
            Assert.NotEmpty(reading.Problems);
        }
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
        => Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var reading = PluginManifestReader.Read(bytes);
            return reading.Manifest is null && reading.Problems.Count > 0;
        });

    [Fact]
    public void Read_AlteredBytes_NeverThrowsAndGivesAManifestOrProblems()
    {
        var whole = Encoding.UTF8.GetBytes(Whole);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = whole.ToArray();
            foreach (var (at, value) in changes) bytes[at] = value;
            var reading = PluginManifestReader.Read(bytes);
            return reading.Manifest is null == reading.Problems.Count > 0;
        });
    }

    [Fact]
    public void Read_HugeFile_IsRefusedByItsSize()
    {
        var reading = PluginManifestReader.Read(new byte[ManifestLimits.FileBytes + 1]);

        Assert.Equal($"$: the file is larger than {ManifestLimits.FileBytes} bytes", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);

        Assert.Contains("not valid JSON", Assert.Single(Read(deep).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThousandsOfProblems_ReportsABoundedNumber()
    {
        var keys = string.Join(",", Enumerable.Range(0, 3000).Select(index => $"\"key{index}\":1"));

        Assert.Equal(ManifestLimits.Problems, Read("{" + keys + "}").Problems.Count);
    }

    [Fact]
    public void Read_TooManyCapabilities_IsRefused()
    {
        var methods = string.Join(",", Enumerable.Range(0, ManifestLimits.Capabilities + 1).Select(index => $"\"a.m{index}\""));
        var reading = Read($$"""{"id":"a","version":"1.0.0","contract":"1.0","entry":"A.dll","capabilities":[{{methods}}]}""");

        Assert.Contains("at most 256", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped()
        => Assert.NotNull(PluginManifestReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Whole)]).Manifest);

    private static ManifestReading Read(string json) => PluginManifestReader.Read(Encoding.UTF8.GetBytes(json));
}
