using EdgeHost.Capabilities.Vision;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary><c>edgehost models import</c> as a process beside a running host, and the capability that the model serves then.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_AsHubsLayItOut_IsACapabilityAfterOneCommand()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);
        Hubs.WriteColours(_folder.Combine("hub"));

        var result = await ImportAsync(host, _folder.Combine("hub"), "--id", "colours");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("colours@1.0.0 serves image-classification", result.Output, StringComparison.Ordinal);
        Assert.Equal("blue", await ClassifyAsync(client, 20, 30, 250));
        Assert.Equal("red", await ClassifyAsync(client, 220, 0, 90));

        var again = await ImportAsync(host, _folder.Combine("hub"), "--id", "colours");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ThatCannotBeMade_LeavesNothingBehind()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        await File.WriteAllTextAsync(_folder.Combine("model.json"), """{"weightsManifest":[],"modelTopology":{"node":[{"name":"a","op":"Mystery","attr":{}},{"name":"b","op":"Mystery","input":["a"],"attr":{}}]}}""");

        var result = await ImportAsync(host, _folder.Combine("model.json"), "--id", "mystery", "--task", "image-classification");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Mystery (2)", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Combine("home", "catalog", "mystery.json")));
        var list = await HostProcess.RunAsync(["models", "list", "--json", "--endpoint", host.Endpoint], Timeout);
        Assert.DoesNotContain("mystery", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_ThatAreNotAsManyAsTheClasses_AreNamedAtTheCall()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);
        Hubs.WriteColours(_folder.Combine("hub"));
        await File.WriteAllTextAsync(_folder.Combine("hub", "config.json"), """{"architectures":["ViTForImageClassification"],"id2label":{"0":"red","1":"green"}}""");
        var result = await ImportAsync(host, _folder.Combine("hub"), "--id", "colours");
        Assert.True(result.ExitCode == 0, result.Error);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ClassifyAsync(client, 20, 30, 250));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("3 classes and 2 labels", error.Message, StringComparison.Ordinal);
    }

    private Task<CommandResult> ImportAsync(HostProcess host, params string[] arguments)
        => HostProcess.RunAsync(["models", "import", .. arguments, "--endpoint", host.Endpoint, "--home", _folder.Combine("home")], Timeout);

    private static async Task<string> ClassifyAsync(EdgeHostClient client, byte red, byte green, byte blue)
    {
        var answer = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Bitmaps.Of(16, 16, red, green, blue), Model = "colours" });
        Assert.Equal("colours", answer.Classifier);
        return answer.Labels[0].Label;
    }
}
