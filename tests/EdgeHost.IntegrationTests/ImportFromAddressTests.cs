using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using EdgeHost.Capabilities.Vision;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary><c>edgehost models import</c> of addresses, from mirrors and from a registry that npm is configured for.</summary>
public sealed class ImportFromAddressTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Package_OfAMirror_IsACapability_AndItsManifestSaysWhereItIsFrom()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);
        Hubs.WriteColours(_folder.Combine("hub"));
        Pack(_folder.Combine("hub"), Path.Combine(Directory.CreateDirectory(_folder.Combine("mirror")).FullName, "colours-2.0.0.tgz"));

        var result = await ImportAsync(host, "npm:colours@2.0.0/model", "--mirror", _folder.Combine("mirror"), "--id", "colours");

        Assert.True(result.ExitCode == 0, result.Error);
        var answer = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Bitmaps.Of(16, 16, 20, 30, 250), Model = "colours" });
        Assert.Equal("blue", answer.Labels[0].Label);
        Assert.Equal(["npm:colours@2.0.0/model/onnx/model.onnx", "npm:colours@2.0.0/model/config.json"], Sources("colours"));
        Assert.Empty(Directory.GetDirectories(_folder.Combine("home", "models", "imports")));
    }

    [Fact]
    public async Task Repository_OfAMirror_IsTaken_WithoutTheNetwork()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        Hubs.WriteColours(_folder.Combine("mirror", "owner", "name"));

        var result = await ImportAsync(host, "hf:owner/name", "--mirror", _folder.Combine("mirror"), "--id", "colours");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["hf:owner/name@main/onnx/model.onnx", "hf:owner/name@main/config.json"], Sources("colours"));
    }

    [Fact]
    public async Task Address_ThatIsNone_AndOneThatNothingIsBehind_LeaveNothing()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));

        var wrong = await ImportAsync(host, "npm:colours", "--id", "colours");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("npm:NAME@VERSION", wrong.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(_folder.Combine("other")).FullName, "LICENSE"), "none");
        Pack(_folder.Combine("other"), Path.Combine(Directory.CreateDirectory(_folder.Combine("mirror")).FullName, "colours-2.0.0.tgz"));
        var missing = await ImportAsync(host, "npm:colours@2.0.0/models", "--mirror", _folder.Combine("mirror"), "--id", "colours");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("no file or folder 'models'", missing.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Combine("home", "catalog", "colours.json")));
        Assert.Empty(Directory.GetDirectories(_folder.Combine("home", "models", "imports")));
    }

    private static void Pack(string folder, string archive)
    {
        using var file = File.Create(archive);
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            tar.WriteEntry(path, "package/model/" + Path.GetRelativePath(folder, path).Replace('\\', '/'));
        }
    }

    private Task<CommandResult> ImportAsync(HostProcess host, params string[] arguments)
        => HostProcess.RunAsync(["models", "import", .. arguments, "--endpoint", host.Endpoint, "--home", _folder.Combine("home")], Timeout);

    private string[] Sources(string id)
        => [.. JsonNode.Parse(File.ReadAllText(_folder.Combine("home", "catalog", $"{id}.json")))!["variants"]![0]!["files"]!.AsArray().Select(static file => (string)file!["sources"]![0]!)];
}
