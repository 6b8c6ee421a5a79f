using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests;

public class CancellationTests
{
    [Fact]
    public async Task CallAsync_TokenCancelled_StopsTheHandlerAndTheConnectionGoesOn()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 1);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var cancel = new CancellationTokenSource();

        var call = client.CallAsync("test.slow", default, cancellationToken: cancel.Token).AsTask();
        await slow.BeganAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await slow.CancelledAsync();
        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task CallAsync_TokenCancelledBefore_SendsNothing()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync("test.echo", default, cancellationToken: new CancellationToken(true)).AsTask());

        Assert.Empty(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task Cancel_Notification_TheResponseIsCancelled()
    {
        await using var host = await TestHost.StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(5, "test.slow"));
        await slow.BeganAsync();

        client.Send([.. RawClient.Notification("$/cancel", 4), .. RawClient.Notification("$/cancel", 5)]);

        var answer = client.Receive()!;
        Assert.Equal(5u, answer.Id);
        Assert.Equal(ErrorCode.Cancelled, answer.Error!.Code);
    }

    [Fact]
    public async Task Cancel_HandlerFinishesAllTheSame_TheResponseIsCancelled()
    {
        await using var host = await TestHost.StartAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.On("test.stubborn", async (_, response, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult());
            began.TrySetResult();
            await cancelled.Task;
            FakeDispatcher.WriteMap(response, "done", 1);
        });
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(5, "test.stubborn"));
        await began.Task.Soon();

        client.Send(RawClient.Notification("$/cancel", 5));

        Assert.Equal(ErrorCode.Cancelled, client.Receive()!.Error!.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task CallAsync_DeadlineInThePast_FailsWithoutRunning(int milliseconds)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Unexpected.FailsAsync(ErrorCode.DeadlineExceeded, () => client.CallAsync("test.echo", default, new CallOptions { Deadline = TimeSpan.FromMilliseconds(milliseconds) }).AsTask());

        Assert.Empty(host.Dispatcher.Calls);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("864000000000")]
    public async Task Deadline_Absurd_IsShortenedToTheLongestAllowed(string milliseconds)
    {
        await using var host = await TestHost.StartAsync(options => options.MaxDeadline = TimeSpan.FromHours(1));
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(RawClient.Request(1, "test.echo", context: RawClient.Json($$"""{"deadline_ms":{{milliseconds}}}""")));

        Assert.Null(client.Receive()!.Error);
        Assert.InRange(host.Dispatcher.Calls.Single().Deadline!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("""{"deadline_ms":"soon"}""", "deadline_ms")]
    [InlineData("""{"deadline_ms":1.5}""", "deadline_ms")]
    [InlineData("""{"priority":"urgent"}""", "priority")]
    [InlineData("""{"explain":1}""", "explain")]
    [InlineData("7", "context")]
    public async Task Context_Wrong_IsRefusedByName(string context, string mentions)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(RawClient.Request(1, "test.echo", context: RawClient.Json(context)));

        var error = client.Receive()!.Error!;
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_DeadlineOfTheServer_AppliesWhereTheCallHasNone()
    {
        await using var host = await TestHost.StartAsync(options => options.DefaultDeadline = TimeSpan.FromMinutes(5));
        await using var client = await host.ConnectAsync();

        using var response = await client.CallAsync("test.echo", default).Soon();

        Assert.NotNull(host.Dispatcher.Calls.Single().Deadline);
    }

    [Fact]
    public async Task Client_VanishesMidCall_ItsCallsAreCancelledAndOthersGoOn()
    {
        await using var host = await TestHost.StartAsync();
        await using var other = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var vanishing = host.ConnectRaw();
        vanishing.Hello();
        for (uint id = 1; id <= 3; id++)
        {
            vanishing.Send(RawClient.Request(id, "test.slow"));
        }

        await slow.BeganAsync(3);
        vanishing.Dispose();

        await slow.CancelledAsync(3);
        using var response = await other.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task DisposeAsync_CallsUnderWay_FailAsUnavailable()
    {
        await using var host = await TestHost.StartAsync();
        var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var calls = Enumerable.Range(0, 10).Select(_ => client.CallAsync("test.slow", default).AsTask()).ToArray();
        await slow.BeganAsync(10);

        await client.DisposeAsync();

        foreach (var call in calls)
        {
            await Unexpected.FailsAsync(ErrorCode.Unavailable, () => call);
        }

        await slow.CancelledAsync(10);
        await Unexpected.FailsAsync(ErrorCode.Unavailable, () => client.CallAsync("test.echo", default).AsTask());
        await client.Closed.Soon();
    }

    [Fact]
    public async Task CallAsync_CancelledAndAnsweredAtTheSameTime_EndsOneWayAndTheConnectionGoesOn()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 8);
        await using var client = await host.ConnectAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var call = client.CallAsync("test.echo", RawClient.Json($$"""{"i":{{i}}}"""), cancellationToken: cancel.Token).AsTask();
            if (i % 3 != 0) await Task.Yield();
            await cancel.CancelAsync();
            try
            {
                using var response = await call;
                Assert.Equal($$"""{"i":{{i}}}""", MessagePack.MessagePackSerializer.ConvertToJson(response.Memory, cancellationToken: CancellationToken.None));
            }
            catch (OperationCanceledException)
            {
            }
        }).Soon();

        using var response = await client.CallAsync("test.echo", default).Soon();
    }
}
