using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.TestKit;

namespace EdgeHost.Deployment.Tests;

public class ShadowTests
{
    [Fact]
    public async Task Steps_AreRunAgain_AndAgreementIsMeasured()
    {
        await using var fixture = new DeploymentFixture();
        var turn = 0;
        fixture.Engine.Describe("m@1.0.0-local.1", new SimulatedModel
        {
            // Every fourth time another class is the highest.
            OnRun = (step, _) => [turn++ % 4 == 3 ? SimulatedValue.Of<float>(new TensorShape(3), 3, 2, 1) : SimulatedValue.Of<float>(new TensorShape(3), 1, 2, 3)],
        });
        var version = await fixture.AddAsync();

        await fixture.ShadowAsync(20);

        var figures = await fixture.Control.FiguresAsync(version, default);
        Assert.Equal((20, 0, 0.75), (figures!.Calls, figures.Errors, figures.Agreement));
        Assert.Equal(0, figures.Dropped);
        Assert.Equal(0, fixture.Pool.Snapshot().Leases);
    }

    [Fact]
    public async Task RunTimes_AreComparedStepByStep_WithoutTheFirstAfterTheLoad()
    {
        await using var fixture = new DeploymentFixture();
        fixture.Engine.Describe("m@1.0.0", Taking(10)).Describe("m@1.0.0-local.1", Taking(30));
        var version = await fixture.AddAsync();

        await fixture.ShadowAsync(6);

        var figures = await fixture.Control.FiguresAsync(version, default);
        Assert.Equal(3, figures!.LatencyRatio!.Value, 3);
        Assert.Equal(20, figures.ExtraRunTime!.Value.TotalMilliseconds, 1);
        Assert.Equal(4, fixture.Trials.Of(version)!.Shadow.Record.Ratios);

        SimulatedModel Taking(int milliseconds) => new()
        {
            OnRun = (step, _) =>
            {
                fixture.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return [SimulatedValue.Of<float>(new TensorShape(3), 1, 2, 3)];
            },
        };
    }

    [Fact]
    public async Task WhatDoesNotFit_IsDroppedAndCounted_AndTheCallGoesOn()
    {
        await using var fixture = new DeploymentFixture(static options =>
        {
            options.ShadowQueueLength = 2;
            options.MaxShadowBytes = 1024;
            options.ShadowRate = 100;
        });
        var version = await fixture.AddAsync();
        var trial = fixture.Trials.Of(version)!;

        for (var i = 0; i < 5; i++) await fixture.CallAsync();
        Assert.Equal(3, trial.Shadow.Record.Dropped);
        await fixture.Runner.RunOnceAsync(default);
        await fixture.Runner.RunOnceAsync(default);
        await fixture.CallAsync(input: new float[1000]);
        Assert.Equal(4, trial.Shadow.Record.Dropped);
        fixture.Conditions.Current = MachineConditions.Good with { IsOnBattery = true };
        await fixture.CallAsync();
        fixture.Conditions.Current = MachineConditions.Good with { Memory = MemoryPressureLevel.Some };
        await fixture.CallAsync();

        Assert.Equal((2, 6), (trial.Shadow.Record.Compared, trial.Shadow.Record.Dropped));
        Assert.Equal(8, trial.Other.Record.Calls);
    }

    [Fact]
    public async Task Rate_BoundsWhatIsCopied()
    {
        await using var fixture = new DeploymentFixture(static options =>
        {
            options.ShadowRate = 2;
            options.ShadowQueueLength = 100;
        });
        var version = await fixture.AddAsync();

        for (var i = 0; i < 50; i++) await fixture.CallAsync();
        Assert.Equal(2, fixture.Shadow.Waiting);
        for (var i = 0; i < 2; i++) await fixture.Runner.RunOnceAsync(default);

        Assert.Equal((2, 0), (fixture.Trials.Of(version)!.Shadow.Record.Compared, fixture.Trials.Of(version)!.Shadow.Record.Dropped));
    }

    [Fact]
    public async Task Throwing_OrNoNumbers_FailsTheShadowAndNotTheCall()
    {
        await using var fixture = new DeploymentFixture();
        var turn = 0;
        fixture.Engine.Describe("m@1.0.0-local.1", new SimulatedModel
        {
            OnRun = (step, _) => turn++ % 2 == 0
                ? throw new EdgeHostException(ErrorCode.Internal, "no")
                : [SimulatedValue.Of<float>(new TensorShape(3), 1, 2, float.NaN)],
        });
        var version = await fixture.AddAsync();

        await fixture.ShadowAsync(4);

        Assert.Equal((4, 4), (fixture.Trials.Of(version)!.Shadow.Record.Compared, fixture.Trials.Of(version)!.Shadow.Record.Errors));
        await fixture.Judge.JudgeAsync(default);
        var gone = await fixture.ReadAsync(version);
        Assert.Equal(VersionState.Retired, gone.State);
        Assert.Contains("4 of 4 calls failed", gone.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASlowShadow_HoldsUpNoCall()
    {
        await using var fixture = new DeploymentFixture();
        using var release = new ManualResetEventSlim();
        fixture.Engine.Describe("m@1.0.0-local.1", new SimulatedModel
        {
            OnRun = (step, stop) =>
            {
                release.Wait(TimeSpan.FromSeconds(30), stop);
                return [SimulatedValue.Of<float>(new TensorShape(3), 1, 2, 3)];
            },
        });
        await fixture.AddAsync();
        await fixture.CallAsync();
        var shadow = Task.Run(() => fixture.Runner.RunOnceAsync(default));
        await fixture.Engine.WaitUntilAsync(() => fixture.Engine.RunsStarted == 2);

        // The device has one slot, and the shadow is in it: interactive work starts beside it or stops it, but is not behind it.
        var call = new Runtime.Models.CallScope { PluginId = "tests", App = new AppIdentity("app", 1000, 1), Priority = CallPriority.Interactive };
        using (var lease = await fixture.Pool.ForCall(call).LeaseAsync("m", default))
        {
            using var value = SimulatedValue.Of<float>(new TensorShape(1), 1);
            using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", value)] }, default).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }

        Assert.False(shadow.IsCompleted);
        release.Set();
        await shadow;
        call.EndChoices(null);
        call.ReclaimLeases();
    }

    [Theory]
    [InlineData(new float[] { 1, 5, 2, 7, 1, 1 }, new float[] { 0, 9, 1, 2, 3, 1 }, 0.5)]
    [InlineData(new float[] { 1, 5, 2, 7, 1, 1 }, new float[] { 1, 5, 2, 7, 1, 1 }, 1)]
    public void Compare_OfScores_CountsRowsWithTheSameHighestClass(float[] served, float[] other, double agreement)
    {
        using var a = Value(new TensorShape(2, 3), served);
        using var b = Value(new TensorShape(2, 3), other);

        var comparison = OutputComparison.Of([a], [b]);

        Assert.Equal((agreement, null, false), (comparison.Agreement, comparison.Difference, comparison.IsBroken));
    }

    [Fact]
    public void Compare_OfOtherOutputs_GivesTheLargestRelativeDifference()
    {
        using var a = Value(new TensorShape(3, 1), 10f, -20, 1);
        using var b = Value(new TensorShape(3, 1), 10f, -19, 1);
        using var shorter = Value(new TensorShape(2, 1), 10f, -19);
        using var broken = Value(new TensorShape(3, 1), 10f, float.NaN, 1);
        using var whole = Value<long>(new TensorShape(4), 1, 2, 3, 4);
        using var others = Value<long>(new TensorShape(4), 1, 2, 3, 5);

        Assert.Equal((null, 0.05, false), Parts(OutputComparison.Of([a], [b])));
        Assert.Equal((0d, double.PositiveInfinity, false), Parts(OutputComparison.Of([a], [shorter])));
        Assert.True(OutputComparison.Of([a], [broken]).IsBroken);
        Assert.False(OutputComparison.Of([broken], [a]).IsBroken);
        Assert.Equal((0.75, null, false), Parts(OutputComparison.Of([whole], [others])));
    }

    [Fact]
    public void Figures_AreTheSameAfterARecord()
    {
        var figures = new ShadowFigures();
        figures.Add(new OutputComparison(0.5, 0.1, false), (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3)));
        figures.Add(new OutputComparison(null, 0.3, false), null);
        figures.AddFailed();
        figures.AddDropped();

        Assert.Equal(new ShadowRecord(3, 1, 1, 0.5, 0.3, 1, Math.Log(2), 1, Math.Log(3)), new ShadowFigures(figures.Record).Record);
        Assert.Equal(GateOutcome.Waiting, Gate.Judge(new GateRule(), new GateFigures { Calls = 3, Errors = 1 }).Outcome);
    }

    private static (double? Agreement, double? Difference, bool IsBroken) Parts(OutputComparison comparison)
        => (comparison.Agreement, comparison.Difference, comparison.IsBroken);

    private static CopiedValue Value<T>(TensorShape shape, params T[] content)
        where T : unmanaged
    {
        using var value = SimulatedValue.Of<T>(shape, content);
        return CopiedValue.Of(string.Empty, value);
    }
}
