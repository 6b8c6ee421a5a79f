using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Dispatch;

public sealed class CapabilityDispatcherTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new();
    private readonly ArrayBufferWriter<byte> _response = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _runtime.DisposeAsync();
        Assert.Empty(_runtime.Engine.Faults);
    }

    [Fact]
    public async Task InvokeAsync_KnownMethod_GivesTheResponseAndTheReport()
    {
        _runtime.Source.Add("m");
        var capability = Serve(async (context, response, token) =>
        {
            using var lease = await context.Models.LeaseAsync("m", token);
            (await lease.RunAsync(RuntimeFixture.Step(1), token)).Dispose();
            response.Write(context.Body.Span);
        });

        var report = await InvokeAsync(body: [1, 2, 3]);

        Assert.Equal([1, 2, 3], _response.WrittenSpan.ToArray());
        Assert.Equal(("tests", "cpu", 1), (report.PluginId, report.Device, report.Steps));
        Assert.Equal(["m@1.0"], report.Models);
        Assert.Equal(0, capability.Inside);
        Assert.Equal(0, _runtime.Pool.Snapshot().Leases);
    }

    [Fact]
    public async Task InvokeAsync_UnknownMethod_NamesTheNearest()
    {
        Serve((_, _, _) => ValueTask.CompletedTask);

        var near = await FailAsync("vision.detect_facse");
        var far = await FailAsync("weather.forecast");
        var absurd = await FailAsync(new string('x', 100_000));

        Assert.Equal((ErrorCode.Unimplemented, ErrorCode.Unimplemented), (near.Code, far.Code));
        Assert.Contains("did you mean 'vision.detect_faces'?", near.Message, StringComparison.Ordinal);
        Assert.Contains("edgehost capabilities", far.Message, StringComparison.Ordinal);
        Assert.True(absurd.Message.Length < 300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue / 4)]
    public async Task InvokeAsync_DeadlineNotAhead_NeverReachesTheHandler(long ticks)
    {
        var capability = Serve((_, _, _) => ValueTask.CompletedTask);
        var deadline = _runtime.Time.GetUtcNow().UtcTicks + ticks <= 0 ? DateTimeOffset.MinValue : _runtime.Time.GetUtcNow().AddTicks(ticks);

        var e = await FailAsync(deadline: deadline);

        Assert.Equal(ErrorCode.DeadlineExceeded, e.Code);
        Assert.Equal(0, capability.Calls);
    }

    [Fact]
    public async Task InvokeAsync_DeadlineAbsurdlyFar_IsServed()
    {
        var capability = Serve((_, _, _) => ValueTask.CompletedTask);

        await InvokeAsync(deadline: DateTimeOffset.MaxValue);

        Assert.Equal(1, capability.Calls);
    }

    [Fact]
    public async Task InvokeAsync_DeadlinePassesInTheHandler_IsDeadlineExceeded()
    {
        var entered = new TaskCompletionSource();
        Serve(async (_, _, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var call = InvokeAsync(deadline: _runtime.Time.GetUtcNow().AddSeconds(1));
        await entered.Task;

        _runtime.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<EdgeHostException>(() => call)).Code);
    }

    [Fact]
    public async Task InvokeAsync_CallerCancels_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var capability = Serve(async (_, _, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var call = InvokeAsync(deadline: _runtime.Time.GetUtcNow().AddSeconds(1), cancellationToken: cancellation.Token);
        await entered.Task;

        await cancellation.CancelAsync();

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<EdgeHostException>(() => call)).Code);
        Assert.Equal(0, capability.Inside);
        var before = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(cancellationToken: cancellation.Token));
        Assert.Equal(ErrorCode.Cancelled, before.Code);
        Assert.Equal(1, capability.Calls);
    }

    [Fact]
    public async Task InvokeAsync_HandlerReportsAnError_PassesUnchanged()
    {
        var error = new EdgeHostException(ErrorCode.InvalidArgument, "The image is empty.");
        Serve((_, _, _) => throw error);

        Assert.Same(error, await FailAsync());
    }

    [Fact]
    public async Task InvokeAsync_HandlerThrowsAnything_IsInternalWithACorrelationId()
    {
        var capability = Serve((_, _, _) => throw new InvalidOperationException("secret at /home/someone"));

        var e = await FailAsync();

        Assert.Equal(ErrorCode.Internal, e.Code);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        var correlation = e.Details["correlation_id"];
        Assert.Contains(correlation, e.Message, StringComparison.Ordinal);
        Assert.Contains(
            _runtime.Log.Lines,
            line => line.Level == LogLevel.Error && line.Text.Contains(correlation, StringComparison.Ordinal) && line.Exception!.StackTrace is not null);
        Assert.Equal(0, capability.Inside);
    }

    [Fact]
    public async Task InvokeAsync_HandlerCancelsItself_IsItsFaultAndNotACancellation()
    {
        Serve((_, _, _) => throw new OperationCanceledException());

        Assert.Equal(ErrorCode.Internal, (await FailAsync()).Code);
    }

    [Fact]
    public async Task InvokeAsync_TargetCannotStart_PassesItsReason()
    {
        var target = new TestCapability((_, _, _) => ValueTask.CompletedTask) { EnterFailure = new EdgeHostException(ErrorCode.Unavailable, "stopping") };
        _runtime.Catalog.Replace("tests", [target.Route("vision.detect_faces")]);

        Assert.Equal(ErrorCode.Unavailable, (await FailAsync()).Code);
    }

    [Fact]
    public async Task InvokeAsync_LeaseNotDisposed_IsNamedAndReclaimedAndItsStepsEnd()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, token) =>
            {
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
                return [];
            },
        });
        Task<StepResult>? forgotten = null;
        IModelLease? leaked = null;
        Serve(async (context, _, token) =>
        {
            leaked = await context.Models.LeaseAsync("m", token);
            forgotten = leaked.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask();
            await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);
        });

        await InvokeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgotten!);
        Assert.Throws<ObjectDisposedException>(() => leaked!.Model);
        Assert.Equal(0, _runtime.Pool.Snapshot().Leases);
        Assert.Contains(
            _runtime.Log.Lines,
            line => line.Level == LogLevel.Warning && line.Text.Contains("tests", StringComparison.Ordinal) && line.Text.Contains("m@1.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_ModelOutsideTheManifest_IsPermissionDenied()
    {
        _runtime.Source.Add("other");
        var capability = new TestCapability(async (context, _, token) => (await context.Models.LeaseAsync("other", token)).Dispose())
        {
            AllowedModels = new HashSet<string> { "mine" },
        };
        _runtime.Catalog.Replace("tests", [capability.Route("vision.detect_faces")]);

        Assert.Equal(ErrorCode.PermissionDenied, (await FailAsync()).Code);
    }

    [Fact]
    public async Task InvokeAsync_ModelOfATaskOfTheManifest_IsListedAndLeased()
    {
        _runtime.Source.Add("any", task: "speech-recognition");
        string? leased = null;
        var capability = new TestCapability(async (context, _, token) =>
        {
            var found = Assert.Single(await context.Models.ListAsync("speech-recognition", token));
            using var lease = await context.Models.LeaseAsync(found.Id, token);
            leased = lease.Model.Id;
        })
        {
            AllowedModels = new HashSet<string> { "mine" },
            AllowedTasks = new HashSet<string> { "speech-recognition" },
        };
        _runtime.Catalog.Replace("tests", [capability.Route("vision.detect_faces")]);

        await InvokeAsync();

        Assert.Equal("any", leased);
    }

    [Fact]
    public async Task InvokeAsync_Stream_SendsItemsWhereTheCallerTakesThem()
    {
        var capability = new TestCapability(async (context, _, token) =>
        {
            await context.SendItemAsync(new byte[] { 1 }, token);
            await context.SendItemAsync(new byte[] { 2 }, token);
        })
        {
            Kind = CapabilityKind.ServerStream,
        };
        _runtime.Catalog.Replace("tests", [capability.Route("vision.detect_faces")]);
        var sink = new ListSink();

        await InvokeAsync(items: sink);
        Assert.Equal([1, 2], sink.Items.Select(item => item[0]));

        Assert.Equal(ErrorCode.FailedPrecondition, (await FailAsync()).Code);
        Assert.Equal(1, capability.Calls);
    }

    [Fact]
    public async Task Context_AfterTheCall_GivesNoBytesOfAnotherCall()
    {
        CapabilityContext? kept = null;
        Serve((context, _, _) =>
        {
            kept = context;
            return ValueTask.CompletedTask;
        });

        await InvokeAsync(body: [1]);

        Assert.Throws<ObjectDisposedException>(() => kept!.Body);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await kept!.SendItemAsync(new byte[1], CancellationToken.None));
    }

    private TestCapability Serve(Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> handle)
    {
        var capability = new TestCapability(handle);
        _runtime.Catalog.Replace("tests", [capability.Route("vision.detect_faces")]);
        return capability;
    }

    private Task<EdgeHostException> FailAsync(string method = "vision.detect_faces", DateTimeOffset? deadline = null)
        => Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(method, deadline: deadline));

    private async Task<CallReport> InvokeAsync(
        string method = "vision.detect_faces",
        byte[]? body = null,
        DateTimeOffset? deadline = null,
        IItemSink? items = null,
        CancellationToken cancellationToken = default)
    {
        var call = new CapabilityInvocation
        {
            Method = method,
            Body = body ?? [],
            App = new AppIdentity("app", -1, -1),
            Deadline = deadline,
            Items = items,
        };
        return await _runtime.Dispatcher.InvokeAsync(call, _response, cancellationToken);
    }

    private sealed class ListSink : IItemSink
    {
        public List<byte[]> Items { get; } = [];

        public ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
        {
            Items.Add(item.ToArray());
            return ValueTask.CompletedTask;
        }
    }
}
