using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.TestKit;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class OnnxEngineTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void GetDevices_Always_StartsWithTheProcessor()
    {
        var devices = _fixture.Engine.GetDevices();

        Assert.Equal("cpu", devices[0].Id);
        Assert.Equal(DeviceKind.Cpu, devices[0].Kind);
        Assert.Equal("CPUExecutionProvider", devices[0].Provider);
        Assert.Equal(Math.Max(1, Environment.ProcessorCount - 1), devices[0].Concurrency);
        Assert.Equal(devices.Count, devices.Select(device => device.Id).Distinct().Count());
    }

    [Fact]
    public async Task LoadAsync_Corrupt_IsInvalidArgumentWithoutAPath()
    {
        var whole = OnnxGraph.MatMul(16, 1).ToModel();
        byte[][] broken = [[], [1, 2, 3], whole[..(whole.Length / 2)], [.. Enumerable.Repeat((byte)0xFF, 4096)]];

        foreach (var content in broken)
        {
            var artifact = _fixture.Save("broken", content);
            var e = await Assert.ThrowsAsync<EdgeHostException>(
                async () => await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, CancellationToken.None));
            Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            Assert.Contains("broken@1.0", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Path.GetTempPath(), e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_fixture.Engine.SessionsByProvider);
    }

    [Fact]
    public async Task LoadAsync_UnknownOperator_IsInvalidArgument()
    {
        var graph = new OnnxGraph().Input("x", ElementType.Float32, 1).Output("y", ElementType.Float32, 1).Node("Nonsense", "x", "y");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _fixture.LoadAsync(graph));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    [Fact]
    public async Task LoadAsync_MissingFile_SaysHowToGetIt()
    {
        var artifact = _fixture.Save("gone", OnnxGraph.Add(1).ToModel());
        File.Delete(artifact.GraphPath);

        var e = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, CancellationToken.None));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
        Assert.Contains("edgehost models pull gone", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_UnknownDevice_IsUnavailable()
    {
        var device = new DeviceDescription { Id = "npu7", Kind = DeviceKind.Npu, Name = "none", Provider = "none" };

        var e = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await _fixture.Engine.LoadAsync(_fixture.Save("m", OnnxGraph.Add(1).ToModel()), device, CancellationToken.None));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
    }

    [Fact]
    public async Task LoadAsync_Cancelled_DoesNotLoad()
    {
        var artifact = _fixture.Save("m", OnnxGraph.Add(1).ToModel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, new CancellationToken(canceled: true)));

        Assert.Empty(_fixture.Engine.SessionsByProvider);
    }

    [Fact]
    public async Task SessionsByProvider_CountsLivingSessions()
    {
        var first = await _fixture.LoadAsync(OnnxGraph.Add(1), "a");
        var second = await _fixture.LoadAsync(OnnxGraph.Add(1), "b");
        Assert.Equal(2, _fixture.Engine.SessionsByProvider["CPUExecutionProvider"]);

        first.Dispose();
        first.Dispose();
        Assert.Equal(1, _fixture.Engine.SessionsByProvider["CPUExecutionProvider"]);
        second.Dispose();

        Assert.Empty(_fixture.Engine.SessionsByProvider);
    }

    [Fact]
    public async Task ResidentBytes_OfALargeModel_IsNearItsWeights()
    {
        using var session = await _fixture.LoadAsync(OnnxGraph.MatMul(2048, 1));

        Assert.InRange(session.MeasureMemory().TotalBytes, 2048L * 2048 * 4, (4L * 2048 * 2048 * 4) + (33L << 20));
    }

    [Theory]
    [InlineData(-5L << 20, 10L << 20, 10L << 20, 10L << 20)]
    [InlineData(15L << 20, 10L << 20, 10L << 20, 15L << 20)]
    [InlineData(900L << 20, 0, 10L << 20, 72L << 20)]
    [InlineData(900L << 20, 10L << 20, 10L << 20, 82L << 20)]
    public void Plausible_Measured_StaysBetweenLeastAndBound(long measured, long least, long file, long expected)
        => Assert.Equal(expected, SessionFootprint.Plausible(measured, least, file));

    [Theory]
    [InlineData("[ErrorCode:ShapeInferenceNotRegistered] Non-zero status code", "its execution provider reports a failure")]
    [InlineData("[ErrorCode:RuntimeException] it broke", "RuntimeException")]
    public void DeviceProblem_OfAProvider_CarriesNoOtherErrorsName(string message, string expected) => Assert.Equal(expected, OnnxErrors.DeviceProblem(message));

    [Theory]
    [InlineData("[ErrorCode:InvalidProtobuf] Load model from /tmp/x failed", "InvalidProtobuf")]
    [InlineData("[ErrorCode:", "unknown error")]
    [InlineData("[ErrorCode:]", "unknown error")]
    [InlineData("", "unknown error")]
    public void ErrorName_AnyText_IsFoundOrUnknown(string message, string expected) => Assert.Equal(expected, OnnxErrors.Name(message));

    [Theory]
    [InlineData("x while running Conv node. Name:'c1' Status", " at Conv 'c1'")]
    [InlineData("x while running Conv node. Name:'c1", "")]
    [InlineData(" node. Name:'c1' while running ", "")]
    [InlineData("", "")]
    public void ErrorNode_AnyText_IsFoundOrEmpty(string message, string expected) => Assert.Equal(expected, OnnxErrors.Node(message));

    [Theory]
    [InlineData("100 42 7 1 0 5 0", 42L)]
    [InlineData("100", null)]
    [InlineData("100 -3 1", null)]
    [InlineData("a b c", null)]
    [InlineData(null, null)]
    public void ParseStatm_AnyText_IsReadOrNull(string? text, long? expected) => Assert.Equal(expected, ResidentMemory.ParseStatm(text));

    [Fact]
    public void Environment_AfterFirstUse_IsTheOneOfTheProcess()
    {
        _ = _fixture.Engine.GetDevices();

        Assert.True(OrtEnv.IsCreated);
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnv.Instance().EnvLogLevel);
    }
}
