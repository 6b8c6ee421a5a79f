using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Dispatch;

/// <summary>What a call's steps cost is charged whatever becomes of the call.</summary>
public sealed class DeviceTimeTests : IAsyncLifetime
{
    private static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(40);
    private readonly RuntimeFixture _runtime = new();
    private readonly Account _account = new();

    public Task InitializeAsync()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, token) =>
            {
                _runtime.Time.Advance(StepTime);
                token.ThrowIfCancellationRequested();
                return [];
            },
        });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    [Fact]
    public async Task Charge_CallThatSucceeds_IsTheTimeOfItsSteps()
    {
        var report = await InvokeAsync(steps: 3, fails: false);

        Assert.Equal(StepTime * 3, _account.Time);
        Assert.Equal(_account.Time, report!.Value.RunTime);
    }

    [Fact]
    public async Task Charge_CallThatFailsAfterItsSteps_IsTheSame()
    {
        Assert.Null(await InvokeAsync(steps: 2, fails: true));

        Assert.Equal(StepTime * 2, _account.Time);
    }

    [Fact]
    public async Task Charge_StepThatFails_Counts()
    {
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, _) =>
            {
                _runtime.Time.Advance(StepTime);
                throw new EdgeHostException(ErrorCode.InvalidArgument, "Not that.");
            },
        });

        Assert.Null(await InvokeAsync(steps: 1, fails: false));

        Assert.Equal(StepTime, _account.Time);
    }

    private async Task<CallReport?> InvokeAsync(int steps, bool fails)
    {
        var capability = new TestCapability(async (context, _, token) =>
        {
            using var lease = await context.Models.LeaseAsync("m", token);
            for (var i = 0; i < steps; i++) (await lease.RunAsync(RuntimeFixture.Step(1), token)).Dispose();
            if (fails) throw new EdgeHostException(ErrorCode.DataLoss, "Broken.");
        });
        _runtime.Catalog.Replace("tests", [capability.Route("test.run")]);
        var call = new CapabilityInvocation { Method = "test.run", Body = ReadOnlyMemory<byte>.Empty, App = new AppIdentity("app", -1, -1), Account = _account };
        try
        {
            return await _runtime.Dispatcher.InvokeAsync(call, new System.Buffers.ArrayBufferWriter<byte>(), CancellationToken.None);
        }
        catch (EdgeHostException)
        {
            return null;
        }
    }

    private sealed class Account : IDeviceTimeAccount
    {
        private long _ticks;

        public TimeSpan Time => new(Interlocked.Read(ref _ticks));

        public void Charge(TimeSpan deviceTime) => Interlocked.Add(ref _ticks, deviceTime.Ticks);
    }
}
