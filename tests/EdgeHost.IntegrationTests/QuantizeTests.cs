using System.Text.Json;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary><c>edgehost models quantize</c> as a process: what it writes, what it refuses, what it says.</summary>
public sealed class QuantizeTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();

    public QuantizeTests()
    {
        File.WriteAllBytes(_folder.Combine("model.onnx"), Model().ToBytes().ToArray());
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var folder = _folder.Combine("examples", $"test_data_set_{i}");
            Directory.CreateDirectory(folder);
            float[] values = [.. Enumerable.Range(0, 64).Select(_ => random.NextSingle() - 0.5f)];
            File.WriteAllBytes(Path.Combine(folder, "input_0.pb"), TensorProto.Of<float>("x", new TensorShape(1, 64), values).ToBytes().ToArray());
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("int8")]
    [InlineData("static")]
    public async Task Quantize_GoodEnough_WritesASmallerModelAndSaysWhatItCosts(string method)
    {
        var result = await RunAsync(method, "--max-drop", "0.2", "--out", _folder.Combine("small.onnx"), "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        using var report = JsonDocument.Parse(result.Output);
        var (before, after) = (report.RootElement.GetProperty("before"), report.RootElement.GetProperty("after"));
        Assert.Equal(new FileInfo(_folder.Combine("model.onnx")).Length, before.GetProperty("bytes").GetInt64());
        Assert.Equal(new FileInfo(_folder.Combine("small.onnx")).Length, after.GetProperty("bytes").GetInt64());
        Assert.InRange(after.GetProperty("bytes").GetDouble() / before.GetProperty("bytes").GetDouble(), 0.2, 0.4);
        Assert.InRange(after.GetProperty("score").GetDouble(), 0.8, 1);
        Assert.Equal(20, report.RootElement.GetProperty("examples").GetInt32());
        Assert.Equal("agreement", report.RootElement.GetProperty("score").GetString());
    }

    [Fact]
    public async Task Quantize_AnswersSuffer_WritesNothingAndGivesTheFigures()
    {
        var result = await RunAsync("int4", "--max-drop", "0", "--max-kept", "0", "--score", "closeness", "--out", _folder.Combine("small.onnx"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("failed_precondition", result.Error, StringComparison.Ordinal);
        Assert.Contains("on 20 examples falls from 100.00", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Combine("small.onnx")));
    }

    [Fact]
    public async Task Quantize_OutputIsThereAlready_IsWrongUsageAndTouchesNothing()
    {
        var before = await File.ReadAllBytesAsync(_folder.Combine("model.onnx"));

        var result = await RunAsync("int8", "--out", _folder.Combine("model.onnx"));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Combine("model.onnx")));
    }

    [Fact]
    public async Task Quantize_NoModelOrNoExamples_NamesWhatIsMissing()
    {
        var noModel = await HostProcess.RunAsync(["models", "quantize", "nothing-like-this", "--evaluation", _folder.Combine("examples"), "--home", _folder.Combine("home")], Timeout);
        var noExamples = await HostProcess.RunAsync(["models", "quantize", _folder.Combine("model.onnx"), "--evaluation", _folder.Combine("none"), "--out", _folder.Combine("o.onnx")], Timeout);

        Assert.Equal((1, 1), (noModel.ExitCode, noExamples.ExitCode));
        Assert.Contains("not_found", noModel.Error, StringComparison.Ordinal);
        Assert.Contains("There is no folder", noExamples.Error, StringComparison.Ordinal);
    }

    private static ModelProto Model()
    {
        var random = new Random(4);
        var builder = new GraphBuilder();
        var value = builder.Input("x", ElementType.Float32, new TensorShape(1, 64));
        foreach (var (name, from, to) in new[] { ("first", 64, 96), ("second", 96, 12) })
        {
            float[] weights = [.. Enumerable.Range(0, from * to).Select(_ => (random.NextSingle() - 0.5f) / 4)];
            value = builder.Node("MatMul", new TensorShape(1, to), [value, builder.Initializer<float>(name, new TensorShape(from, to), weights)]);
            value = builder.Node("Tanh", value.Shape, [value]);
        }

        builder.Output(value, "scores");
        return builder.Build();
    }

    private Task<CommandResult> RunAsync(string method, params string[] options)
        => HostProcess.RunAsync(["models", "quantize", _folder.Combine("model.onnx"), "--method", method, "--evaluation", _folder.Combine("examples"), .. options], Timeout);
}
