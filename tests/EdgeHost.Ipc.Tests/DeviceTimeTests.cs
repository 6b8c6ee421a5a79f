using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security;
using EdgeHost.Security.Policy;

namespace EdgeHost.Ipc.Tests;

/// <summary>What calls cost their app.</summary>
public class DeviceTimeTests
{
    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Call_ThatFails_PaysForItsSteps()
    {
        await using var host = await StartAsync();
        Limit(host, seconds: 1);
        await using var client = await host.ConnectAsync("payer");

        for (var i = 0; i < 2; i++) await Unexpected.FailsAsync(ErrorCode.DataLoss, () => client.CallAsync("test.fail", default).AsTask());
        var error = await Unexpected.FailsAsync(ErrorCode.ResourceExhausted, () => client.CallAsync("test.fail", default).AsTask());

        Assert.True(error.RetryAfter > TimeSpan.Zero);
        await host.NoCallsAsync();
        var usage = Assert.Single(host.Access.Usage);
        Assert.Equal((Cost * 2, 2, 2, 1), (usage.DeviceTime, usage.Calls, usage.Failed, usage.Denied));
    }

    [Fact]
    public async Task Call_WithAKeyThatRanBefore_PaysNothing()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync("payer");

        for (var i = 0; i < 3; i++) (await client.CallAsync("test.pay", default, new CallOptions { IdempotencyKey = "k" }).Soon()).Dispose();

        var usage = Assert.Single(host.Access.Usage);
        Assert.Equal((Cost, 3), (usage.DeviceTime, usage.Calls));
    }

    [Fact]
    public async Task Step_ThatEndsAfterItsCall_IsPaidForAllTheSame()
    {
        await using var host = await StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = Task.CompletedTask;
        host.Dispatcher.On("test.late", (call, _, _) =>
        {
            late = ChargeLateAsync(call);
            return ValueTask.CompletedTask;
        });

        async Task ChargeLateAsync(CapabilityInvocation call)
        {
            await goOn.Task;
            call.Account!.Charge(Cost);
        }

        await using (var client = await host.ConnectAsync("payer")) (await client.CallAsync("test.late", default).Soon()).Dispose();
        await host.NoCallsAsync();

        goOn.SetResult();
        await late.Soon();

        Assert.Equal(Cost, Assert.Single(host.Access.Usage).DeviceTime);
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        host.Dispatcher.On("test.fail", (call, _, _) =>
        {
            call.Account!.Charge(Cost);
            throw new EdgeHostException(ErrorCode.DataLoss, "Broken.");
        });
        host.Dispatcher.On("test.pay", (call, _, _) =>
        {
            call.Account!.Charge(Cost);
            return ValueTask.CompletedTask;
        });
        return host;
    }

    private static void Limit(TestHost host, double seconds)
    {
        var options = new AppsOptions();
        options.Rules["payer"] = new AppRuleOptions { DeviceSeconds = seconds };
        host.Access.Apply(new AppPolicy(options));
    }
}
