using System.Collections.Concurrent;
using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests;

/// <summary>The host uses a call's object again for the next one; nothing of the first may reach the second.</summary>
public class CallReuseTests
{
    private static readonly byte[] Body = [0x81, 0xa1, (byte)'n', 7];

    [Fact]
    public async Task Cancel_OfACallThatHasEnded_DoesNotMeetTheNext()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        for (uint id = 1; id < 200; id++)
        {
            client.Send(RawClient.Request(id + 1, "test.echo", Body));
            client.Send(RawClient.Notification("$/cancel", id));
            var answer = client.Receive()!;
            Assert.Equal((id + 1, null), (answer.Id, answer.Error));
        }
    }

    [Fact]
    public async Task Context_OfTheCallBefore_IsForgotten()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var seen = new ConcurrentQueue<(CallPriority, bool, string?)>();
        host.Dispatcher.On("test.seen", (call, _, token) =>
        {
            seen.Enqueue((call.Priority, call.Deadline is not null, call.TraceParent));
            return ValueTask.CompletedTask;
        });
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        for (var i = 0; i < 2; i++)
        {
            using var first = await client.CallAsync("test.seen", Body, new CallOptions { Priority = CallPriority.Background, Deadline = TimeSpan.FromMinutes(1), TraceParent = Trace });
            using var second = await client.CallAsync("test.seen", Body);
        }

        (CallPriority, bool, string?)[] expected = [(CallPriority.Background, true, Trace), (CallPriority.Normal, false, null)];
        Assert.Equal([.. expected, .. expected], seen);
    }

    [Fact]
    public async Task Token_OfACancelledCall_IsNotTheNextOnes()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            var slow = host.Dispatcher.Block("test.slow");
            using var cancel = new CancellationTokenSource();
            var call = client.CallAsync("test.slow", Body, cancellationToken: cancel.Token).AsTask();
            await slow.BeganAsync();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
            await slow.CancelledAsync();
            using var answer = await client.CallAsync("test.echo", Body).AsTask().Soon();
        }
    }
}
