using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Preparation;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class PreparedModelTests : IDisposable
{
    private const int Size = 1024;
    private const long WeightBytes = (long)Size * Size * sizeof(float);

    private readonly TempFolder _prepared = new();
    private readonly OnnxFixture _fixture;
    private readonly ModelArtifact _artifact;

    public PreparedModelTests()
    {
        _fixture = new OnnxFixture(options => options.PreparedFolder = _prepared.Path);
        _artifact = _fixture.Save("model", OnnxGraph.MatMul(Size, 0.25f).ToModel());
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _prepared.Dispose();
    }

    [Fact]
    public async Task Load_FirstAndAgain_IsPreparedWithEqualOutputs()
    {
        using var plain = new OnnxFixture();
        using var original = await plain.Engine.LoadAsync(_artifact, plain.Cpu, CancellationToken.None);
        Assert.Equal("original (preparing is off)", original.Origin);
        var expected = Run(original);

        for (var i = 0; i < 2; i++)
        {
            using var session = await LoadAsync(_fixture.Engine);
            Assert.Equal("prepared", session.Origin);
            Assert.Equal(expected, Run(session));
            Assert.Equal((original.Inputs.Single(), original.Outputs.Single()), (session.Inputs.Single(), session.Outputs.Single()));
        }

        Assert.Single(Directory.GetDirectories(_prepared.Path));
    }

    [Fact]
    public async Task Load_Prepared_KeepsWeightsInTheMappedFile()
    {
        (await LoadAsync(_fixture.Engine)).Dispose();

        using var session = await LoadAsync(_fixture.Engine);

        Assert.InRange(session.MeasureMemory().MappedBytes, WeightBytes, WeightBytes * 2);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("zeros in the middle")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("form gone")]
    [InlineData("entry gone")]
    [InlineData("entry garbage")]
    [InlineData("entry too long")]
    [InlineData("foreign version")]
    public async Task Load_BrokenEntry_IsMadeAnew(string fault)
    {
        (await LoadAsync(_fixture.Engine)).Dispose();
        Break(fault);

        using (var session = await LoadAsync(_fixture.Engine))
        {
            Assert.Equal("prepared", session.Origin);
            Assert.Equal(Size * 0.25f, Run(session, ones: true)[0]);
        }

        var (form, entry) = Entry();
        Assert.True(new FileInfo(form).Length > WeightBytes);
        Assert.Contains(_artifact.GraphSha256, await File.ReadAllTextAsync(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_FormThatPassesEveryCheckButNotOnnxRuntime_IsMadeAnew()
    {
        (await LoadAsync(_fixture.Engine)).Dispose();
        var (form, entry) = Entry();
        await File.WriteAllBytesAsync(form, [.. Enumerable.Repeat((byte)7, 100_000)]);
        var text = await File.ReadAllLinesAsync(entry);
        var key = PreparedModelKey.Create(
            _artifact,
            new Devices.OnnxDevice(_fixture.Cpu, ProviderDevice: null),
            Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString());
        Assert.Contains(key.Text, text[1], StringComparison.Ordinal);
        await File.WriteAllBytesAsync(entry, PreparedEntry.Describe(key, form));

        using var session = await LoadAsync(_fixture.Engine);

        Assert.Equal("prepared", session.Origin);
        Assert.True(new FileInfo(form).Length > WeightBytes);
    }

    [Fact]
    public async Task Load_FolderThatCannotBeMade_RunsTheOriginalAndSaysSo()
    {
        var file = Path.Combine(_prepared.Path, "file");
        await File.WriteAllTextAsync(file, string.Empty);
        using var fixture = new OnnxFixture(options => options.PreparedFolder = Path.Combine(file, "below"));

        using var session = await fixture.Engine.LoadAsync(_artifact, fixture.Cpu, CancellationToken.None);

        Assert.Equal("original (the folder for prepared models cannot be written)", session.Origin);
        Assert.Equal(Size * 0.25f, Run(session, ones: true)[0]);
    }

    [Fact]
    public async Task Load_LargerThanAllMayBe_RunsTheOriginalAndSaysSo()
    {
        using var fixture = new OnnxFixture(options =>
        {
            options.PreparedFolder = _prepared.Path;
            options.PreparedMaximumBytes = 1 << 20;
        });

        for (var i = 0; i < 2; i++)
        {
            using var session = await fixture.Engine.LoadAsync(_artifact, fixture.Cpu, CancellationToken.None);
            Assert.Equal("original (its prepared form alone is larger than all may be)", session.Origin);
        }

        Assert.Empty(Directory.GetDirectories(_prepared.Path));
    }

    [Fact]
    public async Task Load_CorruptModel_IsInvalidArgumentAndLeavesNothing()
    {
        var broken = _fixture.Save("broken", [1, 2, 3]);

        var e = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await _fixture.Engine.LoadAsync(broken, _fixture.Cpu, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Empty(Directory.GetDirectories(_prepared.Path));
    }

    [Fact]
    public async Task Load_SeveralEnginesAtOnce_AllArePreparedAndOneFormStays()
    {
        var engines = Enumerable.Range(0, 6).Select(_ => _fixture.CreateEngine()).ToArray();

        var sessions = await Task.WhenAll(engines.Select(engine => Task.Run(() => LoadAsync(engine))));

        foreach (var session in sessions)
        {
            Assert.Equal("prepared", session.Origin);
            Assert.Equal(Size * 0.25f, Run(session, ones: true)[0]);
            session.Dispose();
        }

        Assert.Single(Directory.GetDirectories(_prepared.Path));
        Array.ForEach(engines, engine => engine.Dispose());
    }

    [Fact]
    public async Task Load_FormDeletedUnderALivingSession_RunsOn()
    {
        using var session = await LoadAsync(_fixture.Engine);
        foreach (var folder in Directory.GetDirectories(_prepared.Path))
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(Size * 0.25f, Run(session, ones: true)[0]);
    }

    [Fact]
    public async Task Load_Cancelled_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _fixture.Engine.LoadAsync(_artifact, _fixture.Cpu, cancellation.Token));

        Assert.Empty(Directory.GetDirectories(_prepared.Path));
    }

    private async Task<IEngineSession> LoadAsync(OnnxEngine engine) => await engine.LoadAsync(_artifact, engine.GetDevices()[0], CancellationToken.None);

    private (string Form, string Entry) Entry()
    {
        var folder = Assert.Single(Directory.GetDirectories(_prepared.Path));
        return (Path.Combine(folder, PreparedModelStore.FormName), Path.Combine(folder, PreparedModelStore.EntryName));
    }

    private void Break(string fault)
    {
        var (form, entry) = Entry();
        switch (fault)
        {
            case "truncated":
                using (var file = File.OpenWrite(form)) file.SetLength(file.Length / 2);
                break;
            case "zeros in the middle":
                using (var file = File.OpenWrite(form))
                {
                    // Pages that never reached the disk.
                    file.Position = file.Length / 2;
                    file.Write(new byte[256 << 10]);
                }

                break;
            case "garbage":
                File.WriteAllBytes(form, [.. Enumerable.Repeat((byte)0xFF, 4096)]);
                break;
            case "empty":
                File.WriteAllBytes(form, []);
                break;
            case "form gone":
                File.Delete(form);
                break;
            case "entry gone":
                File.Delete(entry);
                break;
            case "entry garbage":
                File.WriteAllBytes(entry, [0, 1, 2, 3, 255]);
                break;
            case "entry too long":
                File.AppendAllText(entry, new string('x', 10_000));
                break;
            case "foreign version":
                File.WriteAllText(entry, File.ReadAllText(entry).Replace("onnxruntime 1.", "onnxruntime 0.", StringComparison.Ordinal));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }

    private static float[] Run(IEngineSession session, bool ones = false)
    {
        using var x = OnnxFixture.Ramp(session, 1, Size);
        if (ones) x.AsSpan<float>().Fill(1);
        using var y = session.Run(OnnxFixture.Step("x", x), CancellationToken.None)[0];
        return y.AsSpan<float>().ToArray();
    }
}
