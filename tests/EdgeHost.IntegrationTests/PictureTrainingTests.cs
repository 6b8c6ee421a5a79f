using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;

namespace EdgeHost.IntegrationTests;

/// <summary>Training on pictures, and on what a fixed model says of them, through the socket of the real host.</summary>
public sealed class PictureTrainingTests
{
    private const int Width = 96;

    private static readonly TestModel[] Models =
    [
        new("shape-features", DrawnShapes.Featuriser(Width)),
        new("two-inputs", new TestKit.OnnxGraph().Input("a", ElementType.Float32, 1, 4).Input("b", ElementType.Float32, 1, 4).Output("y", ElementType.Float32, 1, 4).Node("Add", "a b", "y").ToModel()),
    ];

    [TestKit.UnixFact]
    public async Task Shapes_AreToldApart_ByPixels_AndByTheFeaturesOfAModel()
    {
        await using var host = await StartAsync();
        await using var client = await Hosts.ConnectAsync(host.Process, "lab");
        await RecordAsync(host, client, DrawnShapes.Make(450, seed: 1));
        Assert.False(HasDecoder(host));

        var byPixels = await DoneAsync(client, DrawnShapes.Spec);

        Assert.True(HasDecoder(host));
        Assert.InRange(byPixels.Metrics!.Accuracy!.Value, 0.95, 1);
        Assert.True(byPixels.Metrics.HeldOut);
        var others = DrawnShapes.Make(90, seed: 2);
        Assert.InRange(await RightAsync(client, "shapes", others), 85, 90);

        var byFeatures = await DoneAsync(client, DrawnShapes.SpecWith("shape-features@1.0.0", Width));
        Assert.InRange(byFeatures.Metrics!.Accuracy!.Value, 0.95, 1);
        Assert.InRange(await RightAsync(client, "features", others), 85, 90);

        // The same examples, decoded and featurised without the host, decide on a smaller model.
        foreach (var model in new[] { "lab/shapes", "lab/features" })
        {
            var shrunk = await host.VerbAsync("models", "quantize", model, "--method", "int8", "--max-drop", "0.1", "--out", host.PathOf($"{model[4..]}.onnx"), "--json");
            Assert.Contains("\"score\": \"accuracy\"", shrunk.Output, StringComparison.Ordinal);
        }

        // The app's own model: its graph takes [batch, 3, 16, 16], which a vector of as many values fills.
        var byOwn = await DoneAsync(client, DrawnShapes.SpecWith("lab/shapes@1.0.0-local.1", 3, "second", $"{DrawnShapes.Pixels}, "));
        Assert.InRange(byOwn.Metrics!.Accuracy!.Value, 0.95, 1);

        // Again: every vector is there already, so that the fixed model has no further step.
        var before = (await host.Diagnostics.StatsAsync()).Devices.Sum(static device => device.Completed);
        await DoneAsync(client, DrawnShapes.SpecWith("shape-features@1.0.0", Width).Replace("\"epochs\": 120", "\"steps\": 1", StringComparison.Ordinal));
        var after = (await host.Diagnostics.StatsAsync()).Devices.Sum(static device => device.Completed);
        Assert.InRange(after - before, 0, 100);
    }

    [TestKit.UnixFact]
    public async Task WhatCannotBe_SaysWhy()
    {
        await using var host = await StartAsync();
        await using var client = await Hosts.ConnectAsync(host.Process, "lab");
        await using var other = await Hosts.ConnectAsync(host.Process, "other");
        var shapes = DrawnShapes.Make(60, seed: 3);
        await RecordAsync(host, client, shapes);
        await DoneAsync(client, DrawnShapes.Spec);

        async Task<string> RefusedAsync(EdgeHostClient asking, string spec, ErrorCode code)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await asking.Training.StartAsync(spec));
            Assert.Equal(code, error.Code);
            return error.Message;
        }

        await host.VerbAsync("training", "consent", "other", "tests", "grant");
        await other.Training.RecordAsync(Request([shapes[0]]));
        Assert.Contains("No plugin here has the model 'unknown'", await RefusedAsync(client, DrawnShapes.SpecWith("unknown@1.0.0", 4), ErrorCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("without a version", await RefusedAsync(client, DrawnShapes.SpecWith("shape-features", 4), ErrorCode.InvalidArgument), StringComparison.Ordinal);
        Assert.Contains("a model of another app", await RefusedAsync(other, DrawnShapes.SpecWith("lab/shapes@1.0.0-local.1", 3), ErrorCode.PermissionDenied), StringComparison.Ordinal);
        Assert.Contains("Step 0 (featurise with 'two-inputs@1.0.0') cannot run: the model takes 2 inputs ('a' [1,4], 'b' [1,4])", await FailedAsync(client, DrawnShapes.SpecWith("two-inputs@1.0.0", 4)), StringComparison.Ordinal);
        Assert.Contains("becomes 96 values, and the network's input 'features' takes [5]", await FailedAsync(client, DrawnShapes.SpecWith("shape-features@1.0.0", 5)), StringComparison.Ordinal);
        Assert.Contains("'shape-features@9.0.0'", await FailedAsync(client, DrawnShapes.SpecWith("shape-features@9.0.0", Width)), StringComparison.Ordinal);

        var cut = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await client.Training.PredictAsync(new PredictRequest { Model = "shapes", Inputs = [new PredictInput { Data = shapes[0].Png }, new PredictInput { Data = shapes[1].Png.AsMemory(0, 200) }] }));
        var text = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.PredictAsync(new PredictRequest { Model = "shapes", Inputs = [new PredictInput { Text = "disc" }] }));
        Assert.Equal(ErrorCode.InvalidArgument, cut.Code);
        Assert.Contains("Input 1: The PNG of 32 x 32 pixels is cut off", cut.Message, StringComparison.Ordinal);
        Assert.Contains("must have 'data'", text.Message, StringComparison.Ordinal);

        await client.Training.RecordAsync(Request([("disc", "not a picture"u8.ToArray())]));
        var bad = await FailedAsync(client, DrawnShapes.Spec);
        Assert.Contains("Example 62 ('disc') cannot be learned from: The bytes are no picture", bad, StringComparison.Ordinal);
    }

    private static Task<RunnerHost> StartAsync()
        => RunnerHost.StartAsync(Models, new Dictionary<string, string> { ["Runtime:Conditions:SystemRoot"] = "/nonexistent" });

    private static async Task RecordAsync(RunnerHost host, EdgeHostClient client, IReadOnlyList<(string Label, byte[] Png)> shapes)
    {
        await host.VerbAsync("training", "consent", "lab", "tests", "grant");
        await client.Training.RecordAsync(Request(shapes));
    }

    private static RecordExamplesRequest Request(IReadOnlyList<(string Label, byte[] Png)> shapes) => new()
    {
        Dataset = "shapes", Purpose = "tests", Kind = ExampleKind.Image,
        Examples = [.. shapes.Select(static shape => new Example { Data = shape.Png, Label = shape.Label })],
    };

    private static async Task<TrainingJob> DoneAsync(EdgeHostClient client, string spec)
    {
        var job = await client.Training.WaitAsync((await client.Training.StartAsync(spec)).Id);
        Assert.True(job.State == TrainingJobState.Done, job.Reason);
        return job;
    }

    private static async Task<string> FailedAsync(EdgeHostClient client, string spec)
    {
        var job = await client.Training.WaitAsync((await client.Training.StartAsync(spec)).Id);
        Assert.Equal(TrainingJobState.Failed, job.State);
        return job.Reason!;
    }

    private static async Task<int> RightAsync(EdgeHostClient client, string model, IReadOnlyList<(string Label, byte[] Png)> shapes)
    {
        var answer = await client.Training.PredictAsync(new PredictRequest { Model = model, Inputs = [.. shapes.Select(static shape => new PredictInput { Data = shape.Png })] });
        return shapes.Zip(answer.Predictions).Count(static pair => pair.First.Label == pair.Second.Label);
    }

    private static bool HasDecoder(RunnerHost host) => File.ReadAllText($"/proc/{host.Process.ProcessId}/maps").Contains("libSkiaSharp", StringComparison.Ordinal);
}
