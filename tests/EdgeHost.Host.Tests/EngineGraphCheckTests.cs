using EdgeHost.Host.Importing;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeHost.Host.Tests;

/// <summary>A graph that was made is tried with the engine before it is kept.</summary>
public sealed class EngineGraphCheckTests
{
    [Fact]
    public async Task CheckAsync_GoodGraph_ReportsWhatGoesInAndComesOut()
    {
        var report = await CheckAsync(new TensorShape(-1, 3), new TensorShape(-1, 3), "Relu");

        Assert.Equal("x Float32[?,3]", Assert.Single(report.Inputs).ToString());
        Assert.Equal("y Float32[1,3]", Assert.Single(report.Outputs).ToString());
        Assert.Equal(3, report.Values);
    }

    [Theory]
    [InlineData("Log", 2, "gives NaN in 'y'")]
    [InlineData("Whirl", 2, "does not load")]
    public async Task CheckAsync_GraphThatCannotBeUsed_SaysWhy(string operation, int width, string problem)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => CheckAsync(new TensorShape(1, 2), new TensorShape(1, width), operation));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_AnotherOpenDimension_LoadsWithoutARun()
        => Assert.Equal(0, (await CheckAsync(new TensorShape(1, -1), new TensorShape(1, -1), "Relu")).Values);

    // Noise is from 0 to 1, so that one less has no logarithm.
    private static async Task<ModelImport.GraphCheckReport> CheckAsync(TensorShape input, TensorShape output, string operation)
    {
        var builder = new GraphBuilder();
        var value = builder.Input("x", ElementType.Float32, input);
        if (operation == "Log") value = builder.Node("Sub", input, [value, builder.Constant(2f)]);
        builder.Output(builder.Node(operation, output, [value]), "y");
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOnnxRuntimeEngine();
        await using var provider = services.BuildServiceProvider();
        return await new EngineGraphCheck(provider.GetRequiredService<IInferenceEngine>()).CheckAsync(builder.Build().ToBytes(), CancellationToken.None);
    }
}
