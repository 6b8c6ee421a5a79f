using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>Devices that are not the processor, as ONNX Runtime reports and drives them.</summary>
public sealed class VirtualDeviceTests
{
    [VirtualProviderFact]
    public void GetDevices_Registered_AreDescribedInAFixedOrder()
    {
        using var fixture = new VirtualFixture(memoryBytes: 123_456_789, configure: library => library.Concurrency = 3);

        var devices = fixture.Engine.GetDevices();

        Assert.Equal(["cpu", "npu0", "gpu0"], devices.Select(device => device.Id));
        Assert.All(devices.Skip(1), device =>
        {
            Assert.Equal((VirtualProvider.ProviderName, true, false), (device.Provider, device.IsVirtual, device.IsInterruptible));
            Assert.Equal((123_456_789L, 3), (device.MemoryBytes, device.Concurrency));
        });
        Assert.Equal((false, true, null), (devices[0].IsVirtual, devices[0].IsInterruptible, devices[0].MemoryBytes));
    }

    [VirtualProviderFact]
    public void GetDevices_VirtualNotAllowed_AreLeftOut()
    {
        using var provider = VirtualProvider.Create();
        using var fixture = new OnnxFixture(options =>
            options.ProviderLibraries.Add(new OnnxProviderLibrary { Name = provider.RegistrationName, Path = provider.LibraryPath }));

        Assert.Equal(["cpu"], fixture.Engine.GetDevices().Select(device => device.Id));
    }

    [Fact]
    public void GetDevices_LibraryThatIsMissing_LeavesTheProcessor()
    {
        using var fixture = new OnnxFixture(options =>
            options.ProviderLibraries.Add(new OnnxProviderLibrary { Name = "gone", Path = "/nowhere/libgone.so" }));

        Assert.Equal(["cpu"], fixture.Engine.GetDevices().Select(device => device.Id));
    }

    [VirtualProviderFact]
    public async Task Run_OnEachDevice_GivesTheSameAndRunsThere()
    {
        using var fixture = new VirtualFixture();
        using var cpu = await fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f), fixture.Onnx.Cpu);
        using var npu = await fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f), fixture.Npu);
        using var gpu = await fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f), fixture.Gpu);
        float[] x = [.. Enumerable.Range(0, 64).Select(i => i / 3f)];

        var expected = VirtualFixture.Run(cpu, x);

        Assert.Equal(expected, VirtualFixture.Run(npu, x));
        Assert.Equal(expected, VirtualFixture.Run(gpu, x));
        Assert.Equal((1, 1), (fixture.Provider.Npu.Runs, fixture.Provider.Gpu.Runs));
        Assert.Equal(64 * 64 * 4, fixture.Provider.Npu.MemoryUsedBytes);
    }

    [VirtualProviderFact]
    public async Task Run_DeviceFails_IsADeviceFaultThatStartedAndHeals()
    {
        using var fixture = new VirtualFixture();
        using var session = await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu);
        fixture.Provider.Npu.FailRuns = 2;

        for (var i = 0; i < 2; i++)
        {
            var e = Assert.Throws<DeviceFaultException>(() => VirtualFixture.Run(session, 1f));
            Assert.Equal(("npu0", true, ErrorCode.Unavailable), (e.Device, e.HasStarted, e.Code));
            Assert.DoesNotContain("/", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal([2f], VirtualFixture.Run(session, 1f));
        Assert.Equal(2, fixture.Provider.Npu.Failed);
    }

    [VirtualProviderFact]
    public async Task Run_WrongInputsOnADevice_IsTheInputsFault()
    {
        using var fixture = new VirtualFixture();
        var graph = new OnnxGraph()
            .Input("x", ElementType.Float32, -1)
            .Input("y", ElementType.Float32, -1)
            .Output("z", ElementType.Float32, -1)
            .Node("Add", "x y", "z");
        using var session = await fixture.LoadAsync(graph, fixture.Npu);
        using var two = OnnxFixture.Ramp(session, 2);
        using var scalar = OnnxFixture.Ramp(session, 1, 1);

        var e = Assert.Throws<EdgeHostException>(
            () => session.Run(new ModelStep { Inputs = [new("x", two), new("y", scalar)] }, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    [VirtualProviderFact]
    public async Task Load_DeviceFails_IsADeviceFault()
    {
        using var fixture = new VirtualFixture();
        fixture.Provider.Npu.FailLoads = 1;

        var e = await Assert.ThrowsAsync<DeviceFaultException>(() => fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu));

        Assert.Equal(("npu0", false), (e.Device, e.HasStarted));
        (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu)).Dispose();
        Assert.Empty(fixture.Engine.SessionsByProvider);
    }

    [VirtualProviderFact]
    public async Task Load_ModelThatNobodyCanLoad_IsNotTheDevicesFault()
    {
        using var fixture = new VirtualFixture();
        var unknown = new OnnxGraph().Input("x", ElementType.Float32, 1).Output("y", ElementType.Float32, 1).Node("Nonsense", "x", "y");

        var corrupt = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await fixture.Engine.LoadAsync(fixture.Onnx.Save("broken", [1, 2, 3]), fixture.Npu, CancellationToken.None));
        var nonsense = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.LoadAsync(unknown, fixture.Npu));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.InvalidArgument), (corrupt.Code, nonsense.Code));
    }

    [VirtualProviderFact]
    public async Task Load_MoreThanTheDeviceHolds_IsADeviceFaultAndTheRestStays()
    {
        using var fixture = new VirtualFixture(memoryBytes: 3 * 64 * 64 * 4);
        var sessions = new List<IEngineSession>();
        for (var i = 0; i < 3; i++)
        {
            sessions.Add(await fixture.LoadAsync(OnnxGraph.MatMul(64, 1), fixture.Npu, $"m{i}"));
        }

        await Assert.ThrowsAsync<DeviceFaultException>(() => fixture.LoadAsync(OnnxGraph.MatMul(64, 1), fixture.Npu, "m3"));

        Assert.Equal(64f, VirtualFixture.Run(sessions[0], [.. Enumerable.Repeat(1f, 64)])[0]);
        sessions.ForEach(session => session.Dispose());
        Assert.Equal((0, 0), (fixture.Provider.Npu.MemoryUsedBytes, fixture.Provider.Npu.Sessions));
    }

    [VirtualProviderFact]
    public async Task Run_HangsAndItsInputIsDisposed_ReadsTheInputWhenItGoesOn()
    {
        using var fixture = new VirtualFixture();
        using var session = await fixture.LoadAsync(OnnxGraph.Add(1, 2), fixture.Npu);
        var x = OnnxFixture.Value(session, [1, 2], 10f, 20f);
        fixture.Provider.Npu.HangRuns = true;
        var run = Task.Run(() => session.Run(OnnxFixture.Step("x", x), CancellationToken.None));
        await fixture.WaitForHangAsync();

        x.Dispose();

        // What takes the freed memory next would be read instead.
        var others = Enumerable.Range(0, 100).Select(_ => OnnxFixture.Value(session, [1, 2], -1f, -1f)).ToList();
        Assert.False(run.IsCompleted);
        fixture.Provider.Npu.HangRuns = false;
        using var y = (await run)[0];
        Assert.Equal([11f, 22f], y.AsSpan<float>().ToArray());
        others.ForEach(other => other.Dispose());
    }

    [VirtualProviderFact]
    public async Task Load_OneDeviceHangs_OthersLoadMeanwhile()
    {
        using var fixture = new VirtualFixture();
        fixture.Provider.Npu.HangLoads = true;
        var stuck = Task.Run(() => fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu, "stuck"));
        await fixture.WaitForHangAsync();

        (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Onnx.Cpu, "cpu")).Dispose();
        (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Gpu, "gpu")).Dispose();

        Assert.False(stuck.IsCompleted);
        fixture.Provider.Npu.HangLoads = false;
        (await stuck).Dispose();
    }

    [VirtualProviderFact]
    public async Task Load_CancelledWhileTheDeviceHangs_ReturnsAndLeavesNothingWhenItGoesOn()
    {
        using var fixture = new VirtualFixture();
        fixture.Provider.Npu.HangLoads = true;
        using var cancellation = new CancellationTokenSource();
        var artifact = fixture.Onnx.Save("stuck", OnnxGraph.Add(1).ToModel());
        var stuck = Task.Run(async () => await fixture.Engine.LoadAsync(artifact, fixture.Npu, cancellation.Token));
        await fixture.WaitForHangAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
        Assert.Equal(1, fixture.Engine.SessionsByProvider[VirtualProvider.ProviderName]);
        fixture.Provider.Npu.HangLoads = false;

        // One load at a time: the next one begins when the other has ended.
        (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu)).Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (fixture.Engine.SessionsByProvider.Count > 0)
        {
            await Task.Delay(1, limit.Token);
        }

        Assert.Equal(0, fixture.Provider.Npu.Sessions);
    }

    [VirtualProviderFact]
    public void SelfTest_GoodDevices_Pass()
    {
        using var fixture = new VirtualFixture();

        Assert.All(fixture.Engine.GetDevices(), device => fixture.Engine.SelfTest(device, CancellationToken.None));

        Assert.Equal((1, 1), (fixture.Provider.Npu.Runs, fixture.Provider.Gpu.Runs));
        Assert.Empty(fixture.Engine.SessionsByProvider);
    }

    [VirtualProviderFact]
    public void SelfTest_BadDevices_AreFaults()
    {
        using var fixture = new VirtualFixture();
        Expect(control => control.IsWrong = true, "wrong");
        Expect(control => control.FailRuns = 1, "failed");
        Expect(control => control.FailLoads = 1, "failed");
        Expect(control => control.IsDown = true, "failed");

        fixture.Engine.SelfTest(fixture.Npu, CancellationToken.None);
        Assert.ThrowsAny<OperationCanceledException>(() => fixture.Engine.SelfTest(fixture.Npu, new CancellationToken(canceled: true)));

        void Expect(Action<VirtualDeviceControl> spoil, string text)
        {
            spoil(fixture.Provider.Npu);
            var e = Assert.Throws<DeviceFaultException>(() => fixture.Engine.SelfTest(fixture.Npu, CancellationToken.None));
            Assert.Contains(text, e.Message, StringComparison.Ordinal);
            Assert.Equal("npu0", e.Device);
            fixture.Engine.SelfTest(fixture.Gpu, CancellationToken.None);
            fixture.Provider.Npu.Heal();
        }
    }

    [VirtualProviderFact]
    public void SelfTest_DeviceThatLacksTheOperators_IsAFaultAndNotDoneByTheProcessor()
    {
        using var fixture = new VirtualFixture(configure: library => library.Options["reject_ops"] = "MatMul,Add,Gemm,FusedGemm");

        Assert.Throws<DeviceFaultException>(() => fixture.Engine.SelfTest(fixture.Npu, CancellationToken.None));
    }

    [VirtualProviderFact]
    public async Task Dispose_SessionsLive_LeavesTheLibraryAndTheyRunOn()
    {
        using var fixture = new VirtualFixture();
        using (var session = await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu))
        {
            fixture.Engine.Dispose();

            Assert.Equal([3f], VirtualFixture.Run(session, 2f));
        }

        fixture.Unregister();
    }

    [VirtualProviderFact]
    public async Task Dispose_NoSessionLives_TakesTheLibraryAway()
    {
        for (var i = 0; i < 3; i++)
        {
            using var fixture = new VirtualFixture();
            (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu)).Dispose();
        }

        using var plain = new OnnxFixture(options => options.AllowVirtualDevices = true);
        Assert.Equal(["cpu"], plain.Engine.GetDevices().Select(device => device.Id));
    }

    [VirtualProviderFact]
    public async Task Load_WithAPreparedFolder_CompilesOnceAndLoadsTheCompiledForm()
    {
        using var prepared = new TempFolder();
        using var fixture = new VirtualFixture(prepared.Path);
        for (var i = 0; i < 2; i++)
        {
            using var session = await fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f), fixture.Npu);
            Assert.Equal("prepared", session.Origin);
            Assert.Equal(32f, VirtualFixture.Run(session, [.. Enumerable.Repeat(1f, 64)])[0]);
        }

        Assert.Equal((1, 2), (fixture.Provider.Npu.Compiled, fixture.Provider.Npu.LoadedFromContext));
        using var gpu = await fixture.LoadAsync(OnnxGraph.MatMul(64, 0.5f), fixture.Gpu);
        Assert.Equal(1, fixture.Provider.Gpu.Compiled);
    }

    [VirtualProviderFact]
    public async Task Load_GraphThatCannotBeCompiled_RunsTheOriginalAndSaysSo()
    {
        using var prepared = new TempFolder();
        using var fixture = new VirtualFixture(prepared.Path, configure: library => library.Options["reject_ops"] = "Add");

        using var session = await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu);

        Assert.StartsWith("original (it cannot be prepared", session.Origin, StringComparison.Ordinal);
        Assert.Equal([2f], VirtualFixture.Run(session, 1f));
    }

    [VirtualProviderFact]
    public async Task Load_CompiledFormOnADeviceThatIsDown_IsAFaultAndKeepsTheForm()
    {
        using var prepared = new TempFolder();
        using var fixture = new VirtualFixture(prepared.Path);
        (await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu)).Dispose();
        fixture.Provider.Npu.IsDown = true;

        await Assert.ThrowsAsync<DeviceFaultException>(() => fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu));

        fixture.Provider.Npu.IsDown = false;
        using var session = await fixture.LoadAsync(OnnxGraph.Add(1), fixture.Npu);
        Assert.Equal(("prepared", 1), (session.Origin, fixture.Provider.Npu.Compiled));
    }
}
