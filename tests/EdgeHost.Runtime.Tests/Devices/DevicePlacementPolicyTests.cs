using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DevicePlacementPolicyTests : IAsyncLifetime
{
    private const DeviceKind Cpu = DeviceKind.Cpu;
    private const DeviceKind Gpu = DeviceKind.Gpu;
    private const DeviceKind Npu = DeviceKind.Npu;

    private readonly List<DeviceHarness> _harnesses = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var harness in _harnesses)
        {
            await harness.DisposeAsync();
        }
    }

    [Fact]
    public async Task Choose_KindThatNobodyNames_IsNeverUsed()
    {
        var devices = Harness();
        devices.Health.Hung("npu0", "m", default);
        devices.Health.Hung("npu1", "m", default);

        var chosen = devices.Placement.Choose(await Request([Npu]));

        Assert.Equal("cpu", chosen.Device.Id);
        Assert.Equal(
            "cpu: the model prefers NPU, and the processor is the last resort; npu0 is out of order since 12:00:00 UTC (m did not come back for 0 ms); "
            + "npu1 is out of order since 12:00:00 UTC (m did not come back for 0 ms)",
            chosen.Why);
        Assert.False(chosen.HasChoice);
    }

    [Fact]
    public async Task Choose_PolicyRequires_TakesOnlyThat()
    {
        var devices = Harness(options => Policy(options.Models, "m", policy => policy.Require.Add(Gpu)));

        var chosen = devices.Placement.Choose(await Request([Npu, Cpu]));

        Assert.Equal("gpu0: the policy of model 'm' requires GPU", chosen.Why);
        Assert.False(chosen.HasChoice);
    }

    [Fact]
    public async Task Choose_RequiredKindIsNotHere_IsAFailedPreconditionNamingWhoRequiresIt()
    {
        var devices = Harness(options => Policy(options.Models, "m", policy => policy.Require.Add(Gpu)), DeviceHarness.Device("cpu"));
        var request = await Request([Npu, Cpu]);

        var e = Assert.Throws<EdgeHostException>(() => devices.Placement.Choose(request));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
        Assert.Equal(
            "The policy of model 'm' requires GPU for 'm@1.0', which this machine does not have (it has cpu); change the policy, "
            + "or register the device's provider library.",
            e.Message);
    }

    [Fact]
    public async Task Choose_RequiredKindIsOutOfOrder_IsUnavailableUntilItsNextTest()
    {
        var devices = Harness(options => Policy(options.Models, "m", policy => policy.Require.Add(Gpu)));
        devices.Fault("gpu0", times: 3);
        devices.Time.Advance(TimeSpan.FromSeconds(0.5));
        var request = await Request([Npu, Cpu]);

        var e = Assert.Throws<EdgeHostException>(() => devices.Placement.Choose(request));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
        Assert.Equal(TimeSpan.FromSeconds(1.5), e.RetryAfter);
        Assert.StartsWith("No device can run 'm@1.0' now: gpu0 is out of order since 12:00:00 UTC (3 faults", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_AppPolicy_StandsOverTheModels()
    {
        var devices = Harness(options =>
        {
            Policy(options.Models, "m", policy => policy.Require.Add(Gpu));
            Policy(options.Apps, "kiosk", policy => policy.Require.Add(Cpu));
            Policy(options.Apps, "camera", policy => policy.Avoid.Add(Gpu));
        });

        Assert.Equal("cpu: the policy of app 'kiosk' requires CPU", devices.Placement.Choose(await Request([Npu], "kiosk")).Why);
        Assert.Equal("gpu0", devices.Placement.Choose(await Request([Npu], "other")).Device.Id);

        // The app does not say what is required, so the model's requirement holds; what is avoided serves where nothing else may.
        Assert.Equal(
            "gpu0: the policy of model 'm' requires GPU; GPU is to be avoided, but nothing else is usable",
            devices.Placement.Choose(await Request([Npu], "camera")).Why);
    }

    [Fact]
    public async Task Choose_PolicyPrefers_ComesBeforeTheModelsOrder()
    {
        var devices = Harness(options => Policy(options.Models, "m", policy => policy.Prefer.Add(Gpu)));

        var chosen = devices.Placement.Choose(await Request([Npu, Cpu]));

        Assert.Equal("gpu0: the policy of the model prefers GPU", chosen.Why);
        Assert.True(chosen.HasChoice);
    }

    [Fact]
    public async Task Choose_PolicyAvoids_UsesItOnlyWhereNothingElseIsUsable()
    {
        var devices = Harness(options => Policy(options.Models, "m", policy => policy.Avoid.Add(Npu)));

        Assert.Equal("cpu: the model prefers NPU, then CPU; npu0 is to be avoided; npu1 is to be avoided", devices.Placement.Choose(await Request([Npu, Cpu])).Why);
        devices.Health.Hung("cpu", "m", TimeSpan.FromSeconds(9));
        Assert.StartsWith("npu0: the model prefers NPU; ", devices.Placement.Choose(await Request([Npu, Cpu])).Why, StringComparison.Ordinal);
        Assert.EndsWith("; NPU is to be avoided, but nothing else is usable", devices.Placement.Choose(await Request([Npu, Cpu])).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_ExcludedDevices_TakesAnotherAndSaysSo()
    {
        var devices = Harness();

        var chosen = devices.Placement.Choose(await Request([Npu, Gpu], excluded: ["npu0", "npu1"]));

        Assert.Equal("gpu0: the model prefers NPU, then GPU; npu0 failed this step; npu1 failed this step", chosen.Why);
        Assert.Equal("npu0", devices.Placement.Choose(await Request([Npu, Gpu])).Device.Id);
    }

    [Fact]
    public async Task Choose_NothingUsable_IsADecisionThatIsToldOfOnceInAWhile()
    {
        var devices = Harness(options =>
        {
            options.ProbePause = options.ProbePauseLimit = TimeSpan.FromMinutes(1);
            Policy(options.Apps, "camera", policy => policy.Require.Add(Npu));
        });
        devices.Health.Hung("npu0", "m", TimeSpan.FromSeconds(9));
        devices.Health.Hung("npu1", "m", TimeSpan.FromSeconds(9));

        for (var i = 0; i < 3; i++) await RefuseAsync();
        devices.Time.Advance(TimeSpan.FromSeconds(5));
        await RefuseAsync();

        var told = devices.Decisions.Find("camera", DecisionKind.Refused, 10);
        Assert.Equal(2, told.Count);
        Assert.All(told, decision => Assert.StartsWith("No device can run 'm@1.0' now: npu0 is ", decision.Text, StringComparison.Ordinal));

        async Task RefuseAsync()
        {
            var request = await Request([Npu], "camera");
            Assert.Throws<EdgeHostException>(() => devices.Placement.Choose(request));
        }
    }

    [Fact]
    public async Task Choose_AllExcluded_IsUnavailable()
    {
        var devices = Harness();
        var request = await Request([Npu], excluded: ["npu0", "npu1", "cpu"]);

        var e = Assert.Throws<EdgeHostException>(() => devices.Placement.Choose(request));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
        Assert.Equal("No device can run 'm@1.0' now: npu0 failed this step; npu1 failed this step; cpu failed this step.", e.Message);
        Assert.Equal(TimeSpan.Zero, e.RetryAfter);
    }

    [Fact]
    public async Task Choose_SuspectDevice_ComesAfterAHealthyOneOfItsKindButBeforeOtherKinds()
    {
        var devices = Harness();
        devices.Fault("npu0");

        Assert.Equal("npu1", devices.Placement.Choose(await Request([Npu, Gpu])).Device.Id);
        devices.Fault("npu1");
        Assert.Equal("npu0", devices.Placement.Choose(await Request([Npu, Gpu])).Device.Id);
    }

    [Fact]
    public async Task Choose_OneUsableDevice_AsksForNoCostAndGivesTheSameAnswerUntilHealthChanges()
    {
        var devices = Harness(null, DeviceHarness.Device("cpu"), DeviceHarness.Device("npu0"));
        devices.Fault("npu0", times: 3);
        var request = await Request([Npu], cost: _ => throw new InvalidOperationException("asked"));

        var first = devices.Placement.Choose(request);
        Assert.Same(first, devices.Placement.Choose(request));
        await devices.SeeAsync("npu0", DeviceHealthState.Healthy, () => devices.Time.Advance(TimeSpan.FromSeconds(2)));

        Assert.Equal("npu0: the model prefers NPU", devices.Placement.Choose(await Request([Npu])).Why);
    }

    [Fact]
    public async Task Choose_SeveralUsableDevices_DoesNotAllocate()
    {
        var devices = Harness();
        var cost = new PlacementCost(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(3));
        var request = await Request([Npu, Gpu], cost: _ => cost);
        Choose(devices, request, 1_000);

        // The runtime may compile the loop anew in the middle of one attempt, on this thread and its account.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Choose(devices, request, 10_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        static void Choose(DeviceHarness devices, PlacementRequest request, int times)
        {
            for (var i = 0; i < times; i++)
            {
                devices.Placement.Choose(request);
            }
        }
    }

    [Fact]
    public async Task Choose_BusyPreferredDevice_SaysWhatItWouldHaveTakenAndDecidesOnce()
    {
        var devices = Harness(null, DeviceHarness.Device("cpu"), DeviceHarness.Device("npu0"));
        var request = await Request([Npu, Cpu], cost: static device => device.Kind == Npu
            ? new PlacementCost(TimeSpan.FromMilliseconds(80), TimeSpan.Zero, TimeSpan.FromMilliseconds(4))
            : new PlacementCost(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(12)));

        var chosen = devices.Placement.Choose(request);
        devices.Placement.Choose(request);

        Assert.Equal("cpu: the model prefers NPU, then CPU; npu0 would take 84 ms (busy 80 ms, load 0 ms), here it takes 12 ms", chosen.Why);
        Assert.Single(devices.Decisions.Find("m", DecisionKind.Placed, 10));
    }

    [Fact]
    public async Task Choose_PreferredDeviceTooSlowForTheDeadline_SaysSo()
    {
        var devices = Harness(null, DeviceHarness.Device("cpu"), DeviceHarness.Device("npu0"));
        var request = await Request([Npu, Cpu], cost: static device => device.Kind == Npu
            ? new PlacementCost(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(4))
            : new PlacementCost(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(20)));
        Assert.Equal("npu0", devices.Placement.Choose(request).Device.Id);

        var chosen = devices.Placement.Choose(new PlacementRequest
        {
            Artifact = request.Artifact,
            App = request.App,
            Cost = request.Cost,
            Deadline = devices.Time.GetUtcNow().AddMilliseconds(100),
        });

        Assert.Equal(
            "cpu: the model prefers NPU, then CPU; npu0 would miss the deadline in 100 ms and take 2 s (busy 0 ms, load 2 s), here it takes 20 ms", chosen.Why);
    }

    [Fact]
    public async Task Choose_Decisions_ToldWhenNotTheFirstPreferenceAndWhenItChangesOnly()
    {
        var devices = Harness();
        var request = await Request([Npu]);
        for (var i = 0; i < 10; i++)
        {
            devices.Placement.Choose(request);
        }

        Assert.Empty(devices.Decisions.Find("m", DecisionKind.Placed, 10));
        devices.Time.Advance(TimeSpan.FromSeconds(10));
        devices.Health.Hung("npu0", "m", default);
        devices.Health.Hung("npu1", "m", default);
        for (var i = 0; i < 10; i++)
        {
            devices.Placement.Choose(request);
        }

        var decision = Assert.Single(devices.Decisions.Find("m", DecisionKind.Placed, 10));
        Assert.Equal("app", decision.App);
        Assert.StartsWith("cpu: the model prefers NPU", decision.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_OnBattery_PutsTheNpuFirstButNotBeforeWhatAPolicyPrefers()
    {
        var devices = Harness(options => Policy(options.Apps, "kiosk", policy => policy.Prefer.Add(Gpu)));
        Assert.Equal("cpu", devices.Placement.Choose(await Request([Cpu, Gpu, Npu])).Device.Id);

        devices.Conditions.Current = MachineConditions.Good with { IsOnBattery = true };

        Assert.Equal("npu0: efficiency comes first, and the model may use NPU", devices.Placement.Choose(await Request([Cpu, Gpu, Npu])).Why);
        Assert.Equal("cpu", devices.Placement.Choose(await Request([Cpu])).Device.Id);
        Assert.Equal("gpu0", devices.Placement.Choose(await Request([Cpu, Gpu, Npu], "kiosk")).Device.Id);
    }

    [Fact]
    public async Task PrepareAsync_BrokenNpu_FirstCallGoesElsewhereAndSaysWhy()
    {
        var devices = Harness(options => options.TestBeforeFirstUse = true);
        devices.Engine.OnSelfTest = static (device, _) =>
        {
            if (device.Kind == Npu) throw new DeviceFaultException(device.Id, "firmware too old");
        };
        var request = await Request([Npu, Cpu]);

        await devices.Placement.PrepareAsync(request.Artifact, request.App, CancellationToken.None);

        Assert.Equal(
            "cpu: the model prefers NPU, then CPU; npu0 is out of order since 12:00:00 UTC (its self-test failed: firmware too old); "
            + "npu1 is out of order since 12:00:00 UTC (its self-test failed: firmware too old)",
            devices.Placement.Choose(request).Why);
        Assert.True(devices.Placement.PrepareAsync(request.Artifact, request.App, CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    private DeviceHarness Harness(Action<DeviceOptions>? configure = null, params DeviceDescription[] devices)
    {
        var harness = new DeviceHarness(options => configure?.Invoke(options.Devices), devices);
        _harnesses.Add(harness);
        return harness;
    }

    private static void Policy(IDictionary<string, DevicePolicy> policies, string name, Action<DevicePolicy> configure)
    {
        var policy = new DevicePolicy();
        configure(policy);
        policies[name] = policy;
    }

    private static async Task<PlacementRequest> Request(
        IReadOnlyList<DeviceKind> preferred, string app = "app", IReadOnlyList<string>? excluded = null, Func<DeviceDescription, PlacementCost>? cost = null)
        => new()
        {
            Artifact = await new SimulatedModelSource().Add("m", preferredDevices: preferred).ResolveAsync("m", CancellationToken.None),
            App = new AppIdentity(app, -1, -1),
            Cost = cost ?? (static _ => default),
            Excluded = excluded?.ToHashSet(),
        };
}
