using System.Text.Json;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The command line as a person or a script meets it: exit codes, JSON, messages.</summary>
public class CommandLineTests(ServingHost host) : IClassFixture<ServingHost>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Call_WithoutAHost_SaysHowToStartOne()
    {
        using var folder = new TempFolder();

        var result = await HostProcess.RunAsync(["call", "host.health", "--endpoint", folder.Combine("none.sock")], Timeout);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("edgehost serve", result.Error, StringComparison.Ordinal);
        Assert.Equal("unavailable", ErrorCodeOf(result));
    }

    [Fact]
    public async Task Call_UnknownMethod_IsAnErrorThatNamesTheNearest()
    {
        var result = await host.RunAsync("call", "vision.detect_face");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("unimplemented", ErrorCodeOf(result));
        Assert.Contains("vision.detect_faces", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("call")]
    [InlineData("nonsense")]
    [InlineData("call", "host.health", "--json", "{")]
    [InlineData("call", "host.health", "--json", "[]")]
    [InlineData("call", "host.health", "--file", "image")]
    [InlineData("call", "host.health", "--file", "image=/does/not/exist")]
    [InlineData("models", "pull")]
    [InlineData("top", "--interval", "0")]
    [InlineData("health", "replay", "/does/not/exist.csv")]
    [InlineData("health", "replay", "x.csv", "--speed", "0")]
    [InlineData("explain", "--count", "0")]
    [InlineData("explain", "--kind", "nonsense")]
    [InlineData("config", "check", "/does/not/exist.json")]
    [InlineData("config", "keys", "Nothing:Like:This")]
    public async Task Command_UsedWrongly_EndsWithTwo(params string[] arguments)
    {
        var result = await host.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Call_HostHealth_PrintsTheResponseAsJson()
    {
        var result = await host.RunAsync("call", "host.health");

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("ready", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(host.Process.ProcessId, json.RootElement.GetProperty("process_id").GetInt32());
    }

    [Fact]
    public async Task Capabilities_AsJson_HaveSchemasAndAnExampleEach()
    {
        var result = await host.RunAsync("capabilities", "--json");

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var methods = json.RootElement.EnumerateArray().ToDictionary(c => c.GetProperty("method").GetString()!);
        Assert.Contains("vision.recognize_text", methods.Keys);
        Assert.Contains("vision.detect_faces", methods.Keys);
        Assert.Contains("models.pull", methods.Keys);
        Assert.All(methods.Values, capability =>
        {
            Assert.Equal(JsonValueKind.Object, capability.GetProperty("request_schema").ValueKind);
            Assert.Equal(JsonValueKind.Object, capability.GetProperty("response_schema").ValueKind);
            Assert.Equal(JsonValueKind.Object, capability.GetProperty("example").ValueKind);
            Assert.NotEmpty(capability.GetProperty("summary").GetString()!);
        });
        var image = methods["vision.recognize_text"].GetProperty("request_schema").GetProperty("properties").GetProperty("image");
        Assert.Equal("base64", image.GetProperty("contentEncoding").GetString());
    }

    [Fact]
    public async Task PluginsList_AsJson_ShowsTheVisionPlugin()
    {
        var result = await host.RunAsync("plugins", "list", "--json");

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var vision = json.RootElement.GetProperty("plugins").EnumerateArray().Single(p => p.GetProperty("id").GetString() == "edgehost.vision");
        Assert.Contains(vision.GetProperty("state").GetString(), new[] { "ready", "starting", "active" });
    }

    [Fact]
    public async Task ModelsList_WithoutAHost_WorksTheSame()
    {
        using var folder = new TempFolder();

        var result = await HostProcess.RunAsync(
            ["models", "list", "--json", "--endpoint", folder.Combine("none.sock"), "--home", folder.Combine("home")], Timeout);

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var models = json.RootElement.GetProperty("models").EnumerateArray().ToList();
        Assert.Contains(models, m => m.GetProperty("id").GetString() == "face-back");
        Assert.All(models, m => Assert.Equal("available", m.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Doctor_AsJson_ReportsEachCheck()
    {
        var result = await host.RunAsync("doctor", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal("ok", checks["host"].GetProperty("status").GetString());
        Assert.Equal("ok", checks["devices"].GetProperty("status").GetString());
        Assert.Contains("cpu", checks["devices"].GetProperty("finding").GetString()!, StringComparison.Ordinal);
        Assert.All(checks.Values.Where(c => c.GetProperty("status").GetString() != "ok"), c => Assert.NotEmpty(c.GetProperty("remedy").GetString()!));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("call")]
    [InlineData("models", "pull")]
    [InlineData("capabilities")]
    [InlineData("demo")]
    [InlineData("config")]
    [InlineData("top")]
    [InlineData("health", "replay")]
    [InlineData("explain")]
    [InlineData("models", "pin")]
    public async Task Help_ShowsExamples(params string[] verb)
    {
        var result = await HostProcess.RunAsync([.. verb, "--help"], Timeout);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains($"edgehost {string.Join(' ', verb)}", result.Output, StringComparison.Ordinal);
    }

    private static string? ErrorCodeOf(CommandResult result)
    {
        using var json = JsonDocument.Parse(result.Error);
        return json.RootElement.GetProperty("code").GetString();
    }
}
