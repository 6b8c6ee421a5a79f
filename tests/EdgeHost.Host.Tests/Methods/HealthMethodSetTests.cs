using EdgeHost.Capabilities.Host;
using EdgeHost.Runtime.Health;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Tests.Methods;

public sealed class HealthMethodSetTests
{
    [Fact]
    public async Task Health_OfACheckThatFoundSomething_SaysItAsAProblemAndAFinding()
    {
        await using var host = new HostFixture(services => services.AddSingleton<IHostHealth>(new FakeHealth(_ => new(new HealthReport(
            HostHealthState.Degraded,
            [
                new HealthFinding("cpu", HostHealthState.Ready, "answered in 2 ms"),
                new HealthFinding("npu0", HostHealthState.Stuck, "taken out: it hung"),
            ])))));

        var health = await HealthAsync(host, probe: true);

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal(["npu0: taken out: it hung"], health.Problems);
        Assert.Equal(["cpu Ready answered in 2 ms", "npu0 Stuck taken out: it hung"], health.Findings.Select(f => $"{f.Subject} {f.Status} {f.Text}"));
        Assert.True(health.Probed);
    }

    [Fact]
    public async Task Health_WhileTheCheckHangs_IsStuckWithinItsBound()
    {
        var never = new TaskCompletionSource<HealthReport>();
        await using var host = new HostFixture(services => services.AddSingleton<IHostHealth>(new FakeHealth(_ => new(never.Task))));

        var answer = HealthAsync(host, probe: true);
        host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(answer.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var health = await answer;

        Assert.Equal(HealthStatus.Stuck, health.Status);
        Assert.Contains("did not end within 10 s", Assert.Single(health.Problems), StringComparison.Ordinal);
        never.SetException(new InvalidOperationException("late"));
    }

    [Fact]
    public async Task Health_WhileTheCheckBlocksItsThread_IsStuckWithinItsBound()
    {
        using var blocked = new ManualResetEventSlim();
        await using var host = new HostFixture(services => services.AddSingleton<IHostHealth>(new FakeHealth(_ =>
        {
            blocked.Wait(CancellationToken.None);
            return new(new HealthReport(HostHealthState.Ready, []));
        })));

        var answer = HealthAsync(host, probe: false);
        host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HealthStatus.Stuck, (await answer).Status);
        blocked.Set();
    }

    private static Task<HealthResponse> HealthAsync(HostFixture host, bool probe)
        => host.Caller.CallAsync<HealthRequest, HealthResponse>(Capabilities.Host.HostMethods.Health, new HealthRequest { Probe = probe }, CancellationToken.None);

    private sealed class FakeHealth(Func<bool, ValueTask<HealthReport>> check) : IHostHealth
    {
        public ValueTask<HealthReport> CheckAsync(bool probe, CancellationToken cancellationToken) => check(probe);
    }
}
