using EdgeHost.Capabilities.Vision;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
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
        WriteHub(_folder.Combine("hub"));

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

    private Task<CommandResult> ImportAsync(HostProcess host, params string[] arguments)
        => HostProcess.RunAsync(["models", "import", .. arguments, "--endpoint", host.Endpoint, "--home", _folder.Combine("home")], Timeout);

    private static async Task<string> ClassifyAsync(EdgeHostClient client, byte red, byte green, byte blue)
    {
        var answer = await client.Vision.ClassifyImageAsync(new ClassifyImageRequest { Image = Bitmaps.Of(16, 16, red, green, blue), Model = "colours" });
        Assert.Equal("colours", answer.Classifier);
        return answer.Labels[0].Label;
    }

    // The mean of each channel is the logit of its colour.
    private static void WriteHub(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        var graph = new GraphBuilder();
        var pixels = graph.Input("pixel_values", ElementType.Float32, new TensorShape(1, 3, 8, 8));
        var axes = graph.Constant([2, 3]);
        graph.Output(graph.Node("ReduceMean", new TensorShape(1, 3), [pixels, axes], null, AttributeProto.Of("keepdims", 0L)), "logits");
        File.WriteAllBytes(Path.Combine(folder, "onnx", "model.onnx"), graph.Build("colours").ToBytes().ToArray());
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"architectures":["ViTForImageClassification"],"id2label":{"0":"red","1":"green","2":"blue"}}""");
        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), """{"size":{"height":8,"width":8},"do_normalize":true,"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5]}""");
    }
}
