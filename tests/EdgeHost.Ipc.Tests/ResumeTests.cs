using System.Buffers;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests;

/// <summary>Apps go on with an answer on the thread that read it, and may do there what they like.</summary>
public class ResumeTests
{
    private static readonly byte[] Body = [0x81, 0xa1, (byte)'n', 7];

    [Fact]
    public async Task Await_GoesOnAndBlocksForAnotherCall_IsAnswered()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var awaited = await client.CallAsync("test.echo", Body);
                using var blocking = client.Call("test.echo", Body);
                Assert.Equal(Body, blocking.Memory.ToArray());
            }
        }).Soon();
    }

    [Fact]
    public async Task Await_GoesOnAndWaitsForATaskOfTheSameConnection_IsAnswered()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                using var awaited = await client.CallAsync("test.echo", Body);
#pragma warning disable xUnit1031 // What an app should not do, and does.
                using var waited = client.CallAsync("test.echo", Body).AsTask().Result;
#pragma warning restore xUnit1031
                Assert.Equal(Body, waited.Memory.ToArray());
            }
        }).Soon();
    }

    [Fact]
    public async Task Await_GoesOnAndKeepsItsThread_OthersAreAnswered()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        using var release = new ManualResetEventSlim();
        using var isKept = new SemaphoreSlim(0);
        var keepers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var answer = await client.CallAsync("test.echo", Body);
            isKept.Release();
            release.Wait();
        })).ToArray();
        for (var i = 0; i < keepers.Length; i++) await isKept.WaitAsync().Soon();

        for (var i = 0; i < 10; i++)
        {
            using var answer = await Task.Run(async () => await client.CallAsync("test.echo", Body)).Soon();
        }

        release.Set();
        await Task.WhenAll(keepers).Soon();
    }

    [Fact]
    public async Task Await_GoesOnAndDisposesTheClientBlocking_Ends()
    {
        await using var host = await TestHost.StartAsync();
        var client = await host.ConnectAsync();

        await Task.Run(async () =>
        {
            using var answer = await client.CallAsync("test.echo", Body);
#pragma warning disable xUnit1031 // What an app should not do, and does.
            client.DisposeAsync().AsTask().Wait();
#pragma warning restore xUnit1031
        }).Soon();

        var error = await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallAsync("test.echo", Body));
        Assert.True(error is ObjectDisposedException or EdgeHostException { Code: ErrorCode.Unavailable }, error.ToString());
    }

    [Fact]
    public async Task Await_GoesOnAndThrows_TheConnectionGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(async () =>
            {
                using var answer = await client.CallAsync("test.echo", Body);
                throw new InvalidOperationException("The app's own.");
            }).Soon());
        }

        using var last = await client.CallAsync("test.echo", Body).AsTask().Soon();
    }

    [Fact]
    public async Task Await_ManyAtOnceWithLocals_EachKeepsItsOwnContext()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var local = new AsyncLocal<int>();
        host.Dispatcher.On("test.later", async (call, response, _) =>
        {
            await Task.Yield();
            response.Write(call.Body.Span);
        });

        await Task.WhenAll(Enumerable.Range(1, 16).Select(number => Task.Run(async () =>
        {
            local.Value = number;
            for (var i = 0; i < 100; i++)
            {
                byte[] body = [0x81, 0xa1, (byte)'n', (byte)number];
                using var answer = await client.CallAsync(i % 2 == 0 ? "test.echo" : "test.later", body);
                Assert.Equal(body, answer.Memory.ToArray());
                Assert.Equal(number, local.Value);
            }
        }))).Soon();
    }
}
