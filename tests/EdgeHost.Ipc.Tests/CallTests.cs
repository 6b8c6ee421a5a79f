using System.Buffers;
using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;
using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Tests;

public class CallTests
{
    [Fact]
    public async Task ConnectAsync_RunningHost_TellsLimitsAndProcess()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 1_000_000);
        await using var client = await host.ConnectAsync();

        Assert.Equal(1_000_000, client.Host.Limits.MaxFrameBytes);
        Assert.Equal(WireProtocol.DefaultMaxDepth, client.Host.Limits.MaxDepth);
        Assert.Equal(Environment.ProcessId, client.Host.ProcessId);
        Assert.NotEmpty(client.Host.Version);
        Assert.Equal(["*"], client.Host.Grants);
    }

    [Fact]
    public async Task CallAsync_Echo_PassesBodyAndIdentity()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync("camera-app");
        var body = RawClient.Json("""{"a":[1,2,{"b":"c"}]}""");

        using var response = await client.CallAsync("test.echo", body).Soon();

        Assert.Equal(body, response.Memory.ToArray());
        var call = Assert.Single(host.Dispatcher.Calls);
        Assert.Equal("camera-app", call.App.Name);
        Assert.Equal(Environment.ProcessId, call.App.ProcessId);
        Assert.True(call.App.UserId >= 0);
        Assert.Null(call.Deadline);
    }

    [Fact]
    public async Task CallAsync_WithOptions_PassesContext()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        CallInfo? info = null;
        var before = DateTimeOffset.UtcNow;

        using var response = await client.CallAsync("test.echo", default, new CallOptions
        {
            Deadline = TimeSpan.FromMinutes(1),
            Priority = CallPriority.Interactive,
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            IdempotencyKey = "once",
            OnInfo = told => info = told,
        }).Soon();

        var call = Assert.Single(host.Dispatcher.Calls);
        Assert.Equal(CallPriority.Interactive, call.Priority);
        Assert.Equal("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", call.TraceParent);
        Assert.InRange(call.Deadline!.Value, before.AddMinutes(1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal("cpu", info!.Device);
        Assert.Equal("it is the only one", info.Why);
        Assert.Equal(TimeSpan.FromMicroseconds(5), info.RunTime);
        Assert.Equal(["face@1.0", "text@2.1"], info.Models);
    }

    [Fact]
    public async Task CallAsync_SixMiBBothWays_ArrivesUnchanged()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var picture = new byte[6 * 1024 * 1024];
        new Random(1).NextBytes(picture);
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.WriteMapHeader(2);
        writer.WriteKey("image"u8);
        writer.WriteBinary(picture);
        writer.WriteKey("after"u8);
        writer.Write(7L);
        writer.Flush();

        for (var i = 0; i < 3; i++)
        {
            using var response = await client.CallAsync("test.echo", body.WrittenMemory).Soon();
            Assert.True(response.Memory.Span.SequenceEqual(body.WrittenSpan));
        }
    }

    [Fact]
    public async Task CallAsync_Concurrent_AnsweredOutOfOrder()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");

        var first = client.CallAsync("test.slow", default).AsTask();
        await slow.BeganAsync();
        using (await client.CallAsync("test.echo", default).Soon())
        {
            Assert.False(first.IsCompleted);
        }

        slow.Release();
        using var late = await first.Soon();
    }

    [Fact]
    public async Task CallAsync_ManyAtOnceOnOneConnection_AllGetTheirOwnAnswer()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 400 }, async (i, token) =>
        {
            var body = RawClient.Json($$"""{"i":{{i}},"text":"{{new string('x', i % 3000)}}"}""");
            using var response = await client.CallAsync("test.echo", body, cancellationToken: token);
            Assert.True(response.Memory.Span.SequenceEqual(body));
        }).Soon();
    }

    [Fact]
    public async Task CallAsync_UnknownMethod_FailsWithWhatTheDispatcherSays()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var error = await Unexpected.FailsAsync(ErrorCode.Unimplemented, () => client.CallAsync("test.ecko", default).AsTask());

        Assert.Contains("test.echo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_HandlerReportsError_PassesAllOfIt()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.full", (_, _, _) => throw new EdgeHostException(ErrorCode.ResourceExhausted, "The queue is full.")
        {
            RetryAfter = TimeSpan.FromMilliseconds(250),
            Details = new Dictionary<string, string> { ["queue"] = "cpu" },
        });

        var error = await Unexpected.FailsAsync(ErrorCode.ResourceExhausted, () => client.CallAsync("test.full", default).AsTask());

        Assert.Equal("The queue is full.", error.Message);
        Assert.Equal(TimeSpan.FromMilliseconds(250), error.RetryAfter);
        Assert.Equal("cpu", error.Details["queue"]);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task CallAsync_HandlerThrows_TellsNothingButACorrelationId()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.bug", (_, _, _) => throw new InvalidOperationException("secret detail"));

        var error = await Unexpected.FailsAsync(ErrorCode.Internal, () => client.CallAsync("test.bug", default).AsTask());

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Details["correlation_id"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c1")]
    [InlineData("81")]
    [InlineData("8080")]
    public async Task CallAsync_HandlerWritesRubbish_FailsThatCallAlone(string hex)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.rubbish", (_, response, _) =>
        {
            response.Write(Convert.FromHexString(hex));
            return ValueTask.CompletedTask;
        });

        await Unexpected.FailsAsync(ErrorCode.Internal, () => client.CallAsync("test.rubbish", default).AsTask());

        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task CallAsync_HandlerWritesNothing_GivesAnEmptyMap()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.silent", (_, _, _) => ValueTask.CompletedTask);

        using var response = await client.CallAsync("test.silent", default).Soon();

        Assert.Equal([0x80], response.Memory.ToArray());
    }

    [Fact]
    public async Task CallAsync_ResponseLargerThanAFrame_FailsThatCallAlone()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 64 * 1024);
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.huge", (_, response, _) =>
        {
            new WireWriter(response).WriteNil();
            response.GetSpan(100_000);
            response.Advance(100_000);
            return ValueTask.CompletedTask;
        });

        await Unexpected.FailsAsync(ErrorCode.ResourceExhausted, () => client.CallAsync("test.huge", default).AsTask());

        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task CallAsync_RequestLargerThanTheHostTakes_FailsBeforeSending()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 64 * 1024);
        await using var client = await host.ConnectAsync();
        var body = RawClient.Json($$"""{"text":"{{new string('x', 70_000)}}"}""");

        await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync("test.echo", body).AsTask());

        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task CallAsync_BodyIsNotMessagePack_FailsBeforeSending()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync("test.echo", new byte[] { 0x81, 0xa1 }).AsTask());

        Assert.Empty(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task CallAsync_MoreThanTheHostTakesAtOnce_WaitsForASlot()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 2);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");

        var calls = Enumerable.Range(0, 6).Select(_ => client.CallAsync("test.slow", default).AsTask()).ToArray();
        await slow.BeganAsync(2);
        Assert.Equal(2, host.Dispatcher.Calls.Count);
        slow.Release();

        foreach (var response in await Task.WhenAll(calls).Soon())
        {
            response.Dispose();
        }
    }

    [Fact]
    public async Task PingAsync_WithPayload_AnsweredByTheHost()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        Assert.True(await client.PingAsync().Soon() >= TimeSpan.Zero);
        Assert.True(await client.PingAsync(new byte[6 * 1024 * 1024]).Soon() > TimeSpan.Zero);
    }

    [Fact]
    public async Task GetCapabilitiesAsync_WorkingAndBroken_ListsBoth()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Catalog.Routes =
        [
            FakeCatalog.Route(new PluginSdk.CapabilityDescriptor
            {
                Method = "test.stream",
                Kind = CapabilityKind.ServerStream,
                Version = 3,
                Summary = "Streams.",
                RequestSchema = """{"type":"object"}""",
                ResponseSchema = """{"type":"null"}""",
                ItemSchema = """{"type":"string"}""",
                ExampleRequest = """{"n":1}""",
                Models = ["face"],
            }),
            FakeCatalog.Broken("test.broken", "It cannot start."),
        ];

        var entries = await client.GetCapabilitiesAsync().Soon();

        Assert.Equal(2, entries.Count);
        Assert.Equal(
            new { Method = "test.stream", Kind = CapabilityKind.ServerStream, Version = 3, Plugin = "test", PluginVersion = "1.2.3", Item = """{"type":"string"}""", Example = """{"n":1}""", Unavailable = (string?)null }.ToString(),
            new { entries[0].Method, entries[0].Kind, entries[0].Version, entries[0].Plugin, entries[0].PluginVersion, Item = entries[0].ItemSchema, entries[0].Example, entries[0].Unavailable }.ToString());
        Assert.Equal(["face"], entries[0].Models);
        Assert.Equal("It cannot start.", entries[1].Unavailable);
    }
}
