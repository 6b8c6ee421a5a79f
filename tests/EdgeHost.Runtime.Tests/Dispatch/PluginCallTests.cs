using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Runtime.Tests.Dispatch;

/// <summary>One plugin calls another for an app.</summary>
public sealed class PluginCallTests : IAsyncLifetime
{
    private static readonly AppIdentity App = new("app", 7, 8);

    private readonly Rights _rights = new();
    private readonly RuntimeFixture _runtime;
    private readonly ArrayBufferWriter<byte> _response = new();

    public PluginCallTests() => _runtime = new RuntimeFixture(add: services => services.AddSingleton<ICallRights>(_rights));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _runtime.DisposeAsync();
        Assert.Empty(_runtime.Engine.Faults);
    }

    [Fact]
    public async Task CallAsync_WithinACall_HasItsAppItsPriorityItsDeadlineAndItsAccount()
    {
        _runtime.Source.Add("m");
        CapabilityContext? inner = null;
        var account = new Account();
        Serve("inner", async (context, response, token) =>
        {
            inner = context;
            using var lease = await context.Models.LeaseAsync("m", token);
            (await lease.RunAsync(RuntimeFixture.Step(1), token)).Dispose();
            response.Write(context.Body.Span);
            response.Write("!"u8);
        });
        Serve("outer", async (context, response, token) => response.Write((await context.Calls.CallAsync("inner.do", context.Body, token)).Span), "inner.do");
        var deadline = _runtime.Time.GetUtcNow().AddSeconds(3);

        await InvokeAsync(deadline: deadline, priority: CallPriority.Interactive, account: account);

        Assert.Equal("\u0001\u0002!"u8.ToArray(), _response.WrittenSpan.ToArray());
        Assert.Equal((App, CallPriority.Interactive, deadline), (inner!.App, inner.Priority, inner.Deadline));
        Assert.True(account.Charges > 0);
    }

    [Fact]
    public async Task CallAsync_AfterTheCall_IsBackgroundWorkWithoutADeadline()
    {
        ICapabilityCaller? kept = null;
        CapabilityContext? inner = null;
        Serve("inner", (context, _, _) =>
        {
            inner = context;
            return ValueTask.CompletedTask;
        });
        Serve("outer", (context, _, _) =>
        {
            kept = context.Calls;
            return ValueTask.CompletedTask;
        }, "inner.do");
        await InvokeAsync(deadline: _runtime.Time.GetUtcNow().AddSeconds(3), priority: CallPriority.Interactive);
        _runtime.Time.Advance(TimeSpan.FromMinutes(1));

        await kept!.CallAsync("inner.do", new byte[] { 1 }, CancellationToken.None);

        Assert.Equal((App, CallPriority.Background, (DateTimeOffset?)null), (inner!.App, inner.Priority, inner.Deadline));
    }

    [Fact]
    public async Task CallAsync_WhatTheManifestLacks_IsDenied()
    {
        var target = Serve("inner", (_, _, _) => ValueTask.CompletedTask);
        Serve("outer", async (context, _, token) => await context.Calls.CallAsync("inner.do", default, token));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync());

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains("'outer' may not call 'inner.do'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Calls);
    }

    [Fact]
    public async Task CallAsync_WhatTheAppMayNotCall_IsDeniedWithTheCommandThatAllowsIt()
    {
        var target = Serve("inner", (_, _, _) => ValueTask.CompletedTask);
        Serve("outer", async (context, _, token) => await context.Calls.CallAsync("inner.do", default, token), "inner.do");
        _rights.Denied = "inner.do";

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync());

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains("edgehost apps grant app inner.do", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Calls);
    }

    [Fact]
    public async Task CallAsync_RoundInACircle_IsRefused()
    {
        Serve("inner", async (context, _, token) => await context.Calls.CallAsync("outer.do", default, token), "outer.do");
        Serve("outer", async (context, _, token) => await context.Calls.CallAsync("inner.do", default, token), "inner.do");

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync());

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("outer calls inner", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_WhatTheOtherOneReports_ComesOut_AndAStreamIsNoCall()
    {
        Serve("inner", static (_, _, _) => throw new EdgeHostException(ErrorCode.NotFound, "no such thing"));
        Serve("outer", async (context, _, token) => await context.Calls.CallAsync("inner.do", default, token), "inner.do");
        Assert.Equal((ErrorCode.NotFound, "no such thing"), await FailAsync());

        _runtime.Catalog.Replace("inner", [new TestCapability(static (_, _, _) => ValueTask.CompletedTask) { Kind = CapabilityKind.ServerStream }.Route("inner.do", "inner")]);
        Assert.Equal(ErrorCode.FailedPrecondition, (await FailAsync()).Code);

        _runtime.Catalog.Replace("inner", []);
        Assert.Equal(ErrorCode.Unimplemented, (await FailAsync()).Code);
    }

    [Fact]
    public async Task CallAsync_CancelledWithItsCall_Ends()
    {
        using var stop = new CancellationTokenSource();
        Serve("inner", async (_, _, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        Serve("outer", async (context, _, _) => await context.Calls.CallAsync("inner.do", default, CancellationToken.None), "inner.do");

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(cancellationToken: stop.Token))).Code);
    }

    private TestCapability Serve(string plugin, Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> handle, params string[] calls)
    {
        var capability = new TestCapability(handle) { AllowedCalls = calls.ToHashSet() };
        _runtime.Catalog.Replace(plugin, [capability.Route($"{plugin}.do", plugin)]);
        return capability;
    }

    private async Task<(ErrorCode Code, string Message)> FailAsync()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync());
        return (error.Code, error.Message);
    }

    private async Task InvokeAsync(
        DateTimeOffset? deadline = null, CallPriority priority = CallPriority.Normal, IDeviceTimeAccount? account = null, CancellationToken cancellationToken = default)
    {
        var call = new CapabilityInvocation { Method = "outer.do", Body = new byte[] { 1, 2 }, App = App, Account = account, Deadline = deadline, Priority = priority };
        await _runtime.Dispatcher.InvokeAsync(call, _response, cancellationToken);
    }

    private sealed class Rights : ICallRights
    {
        public string? Denied { get; set; }

        public bool Allows(AppIdentity app, string permission) => permission != Denied;

        public void Record(AppIdentity app, string method, string what) => throw new NotSupportedException("These plugins put nothing on record.");
    }

    private sealed class Account : IDeviceTimeAccount
    {
        private int _charges;

        public int Charges => _charges;

        public void Charge(TimeSpan deviceTime) => Interlocked.Increment(ref _charges);
    }
}
