using System.Buffers;
using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests;

public class BlockingCallTests
{
    private static readonly byte[] Body = [0x81, 0xa1, (byte)'n', 7];

    [Fact]
    public async Task Call_Answered_GivesTheResponse()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        using var response = await Task.Run(() => client.Call("test.echo", Body)).Soon();

        Assert.Equal(Body, response.Memory.ToArray());
    }

    [Fact]
    public async Task Call_Refused_Throws()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => Task.Run(() => client.Call("test.none", default)).Soon());

        Assert.Equal(ErrorCode.Unimplemented, error.Code);
        using var response = client.Call("test.echo", Body);
    }

    [Fact]
    public async Task Call_TokenCancelled_StopsTheHandlerAndTheConnectionGoesOn()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 1);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var cancel = new CancellationTokenSource();
        var call = Task.Run(() => client.Call("test.slow", default, cancellationToken: cancel.Token));
        await slow.BeganAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await slow.CancelledAsync();
        using var response = await Task.Run(() => client.Call("test.echo", Body)).Soon();
    }

    [Fact]
    public async Task Call_ClientDisposed_FailsAsUnavailable()
    {
        await using var host = await TestHost.StartAsync();
        var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var calls = Enumerable.Range(0, 3).Select(_ => Task.Run(() => client.Call("test.slow", default))).ToArray();
        await slow.BeganAsync(3);

        await client.DisposeAsync();

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => call.Soon());
            Assert.Equal(ErrorCode.Unavailable, error.Code);
        }
    }

    [Fact]
    public async Task Call_BesideAsyncCallsAndCancellations_EveryCallGetsItsOwnAnswer()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.later", async (call, response, token) =>
        {
            await Task.Yield();
            response.Write(call.Body.Span);
        });

        var workers = Enumerable.Range(0, 8).Select(worker => Task.Factory.StartNew(
            () => WorkAsync(client, worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();

        await Task.WhenAll(workers).WaitAsync(Unexpected.Timeout * 4);
    }

    [Fact]
    public async Task Ping_HandlerHoldsItsThread_IsAnsweredAndCancelArrives()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        using var held = new SemaphoreSlim(0);
        using var began = new SemaphoreSlim(0);
        host.Dispatcher.On("test.hold", (_, response, token) =>
        {
            began.Release();
            held.Wait(token);
            response.Write(Body);
            return ValueTask.CompletedTask;
        });
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 20).Select(i => client.CallAsync("test.hold", default, cancellationToken: i == 0 ? cancel.Token : default).AsTask()).ToArray();
        Assert.True(await began.WaitAsync(Unexpected.Timeout));

        await client.PingAsync().AsTask().Soon();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[0].Soon());
        using (await client.CallAsync("test.echo", Body).Soon())
        {
        }

        held.Release(calls.Length);
        foreach (var call in calls[1..]) (await call.Soon()).Dispose();
    }

    private static async Task WorkAsync(EdgeHostClient client, int worker)
    {
        var random = new Random(worker);
        for (var i = 0; i < 400; i++)
        {
            byte[] body = [0x82, 0xa1, (byte)'w', (byte)worker, 0xa1, (byte)'i', 0xcd, (byte)(i >> 8), (byte)i];
            var method = random.Next(2) == 0 ? "test.echo" : "test.later";
            using var cancel = random.Next(8) == 0 ? new CancellationTokenSource() : null;
            try
            {
                if (cancel is not null && random.Next(2) == 0) _ = cancel.CancelAsync();
                using var answer = random.Next(3) == 0
                    ? await client.CallAsync(method, body, cancellationToken: cancel?.Token ?? default)
                    : client.Call(method, body, cancellationToken: cancel?.Token ?? default);
                Assert.Equal(body, answer.Memory.ToArray());
            }
            catch (OperationCanceledException) when (cancel is not null)
            {
                // What was asked for.
            }

            if (random.Next(50) == 0) await Task.Delay(random.Next(40));
        }
    }
}
