using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Regions;

public class ReferenceTests
{
    private const int Page = 4096;

    [LinuxFact]
    public async Task Bounds_AnyOffsetAndLength_AreCheckedAndTheConnectionGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var random = new Random(20_261);
        for (var i = 0; i < 8; i++)
        {
            var region = RawRegion.Open(client, random.Next(1, 64) * Page);
            for (uint call = 0; call < 400; call++)
            {
                var offset = Offset(random, region.Bytes);
                var length = (uint)Offset(random, region.Bytes);
                var id = random.Next(20) == 0 ? (uint)random.NextInt64(uint.MaxValue) : region.Id;
                var isRight = id == region.Id && (UInt128)offset + length <= (UInt128)region.Bytes;

                client.Send(RawClient.Request(call, call % 2 == 0 ? HostMethods.Ping : "test.echo", RawRegion.Body("payload", id, offset, length)));
                var answer = client.Receive()!;

                Assert.True(isRight == answer.Error is null, $"{offset} + {length} of {region.Bytes}: {answer.Error?.Message}");
                if (answer.Error is null) continue;
                Assert.Equal(ErrorCode.InvalidArgument, answer.Error.Code);
                Assert.Contains($"region {id}", answer.Error.Message, StringComparison.Ordinal);
                if (id != region.Id) continue;
                Assert.Contains($"{length} bytes at {offset}", answer.Error.Message, StringComparison.Ordinal);
                Assert.Contains($"{region.Bytes}", answer.Error.Message, StringComparison.Ordinal);
            }
        }
    }

    [LinuxFact]
    public async Task Ping_WithAReference_CountsTheBytesItStandsFor()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, 3 * Page);

        client.Send(RawClient.Request(5, HostMethods.Ping, region.Body("payload", 100, 10_000)));

        Assert.Equal("""{"bytes":10000}""", client.Receive()!.Json);
    }

    [LinuxFact]
    public async Task Reference_ToARegionOfAnotherConnection_IsInvalid()
    {
        await using var host = await TestHost.StartAsync();
        using var owner = host.ConnectRaw();
        using var other = host.ConnectRaw();
        owner.Hello();
        other.Hello();
        var region = RawRegion.Open(owner, Page);
        RawRegion.Open(other, Page);

        foreach (var method in new[] { HostMethods.Ping, "test.echo" })
        {
            other.Send(RawClient.Request(1, method, region.Body("payload", 0, 1)));
            Assert.Equal(ErrorCode.InvalidArgument, other.Receive()!.Error!.Code);
            owner.Send(RawClient.Request(1, method, region.Body("payload", 0, 1)));
            Assert.Null(owner.Receive()!.Error);
        }
    }

    [LinuxFact]
    public async Task Reference_ToAClosedRegion_IsInvalidAlsoWhenAnotherWasOpened()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, Page);
        OpenRegionTests.Close(client, region.Id);
        RawRegion.Open(client, Page);

        client.Send(RawClient.Request(1, "test.echo", region.Body("payload", 0, 1)));

        Assert.Equal(ErrorCode.InvalidArgument, client.Receive()!.Error!.Code);
    }

    [LinuxFact]
    public async Task Extension_ThatIsNoReference_IsRefusedByWhoeverWantsABinary()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        foreach (var body in new[] { RawRegion.Body("payload", 1, new byte[15]), RawRegion.Body("payload", 1, new byte[17]), RawRegion.Body("payload", 2, new byte[16]) })
        {
            client.Send(RawClient.Request(1, HostMethods.Ping, body));

            var error = client.Receive()!.Error!;
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            Assert.Contains("'payload'", error.Message, StringComparison.Ordinal);
        }

        // Nobody has to know what other extensions mean.
        client.Send(RawClient.Request(1, "test.echo", RawRegion.Body("payload", 2, new byte[16])));
        Assert.Null(client.Receive()!.Error);
    }

    [LinuxFact]
    public async Task Handler_ThatDoesNotFollowReferences_GetsTheBodyThatAPlainCallHas()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, 200_000);
        var content = new byte[200_000];
        new Random(5).NextBytes(content);
        region.Write(0, content);
        foreach (var length in new[] { 0, 1, 255, 256, 65_535, 65_536, 150_000 })
        {
            client.Send(RawClient.Request(7, "test.echo", region.Body("image", 1000, (uint)length)));
            Assert.Equal(MessagePackSerializer.ConvertToJson(RawRegion.PlainBody("image", content.AsSpan(1000, length))), client.Receive()!.Json);
        }

        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [Fact]
    public void Inline_ManyReferencesAmongOtherValues_IsTheBodyOfAPlainCall()
    {
        var random = new Random(99);
        for (var round = 0; round < 300; round++)
        {
            using var regions = new FakeRegions(random);
            var (referring, plain) = regions.RandomBodies(random);
            var references = regions.Hold();
            try
            {
                Assert.True(references.Inline(referring).Span.SequenceEqual(plain));
                Assert.Equal(Convert.ToHexString(plain), string.Concat(references.Pieces(referring).Select(piece => Convert.ToHexString(piece.Span))));
            }
            finally
            {
                references.Release();
            }
        }
    }

    [LinuxFact]
    public async Task References_ThatStandForMoreThanAFrame_AreRefused()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 1 << 20);
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, 100_000);
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteMapHeader(1);
        writer.Write("images");
        writer.WriteArrayHeader(11);
        var payload = new byte[16];
        new BinaryReference(region.Id, 0, 100_000).WriteTo(payload);
        for (var i = 0; i < 11; i++)
        {
            writer.WriteExtensionFormat(new ExtensionResult(1, payload));
        }

        writer.Flush();

        client.Send(RawClient.Request(1, "test.echo", body.WrittenSpan.ToArray()));

        var error = client.Receive()!.Error!;
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        client.Send(RawClient.Request(1, "test.echo", region.Body("image", 0, 100_000)));
        Assert.Null(client.Receive()!.Error);
    }

    [LinuxFact]
    public async Task ResolvingHandler_ReadsTheRegionItself()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, Page);
        region.Write(10, [1, 2, 3]);
        var looks = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.OnResolving("test.look", async (call, response, _) =>
        {
            var image = Image(call);
            var before = image.Span[0];
            looks.Release();
            await goOn.Task;
            FakeDispatcher.WriteMap(response, "seen", (before * 1000) + image.Span[0]);
        });

        client.Send(RawClient.Request(1, "test.look", region.Body("image", 11, 2)));
        Assert.True(await looks.WaitAsync(Unexpected.Timeout));
        region.Write(11, [77]);
        goOn.SetResult();

        // It is the app's own memory: a later write is seen.
        Assert.Equal("""{"seen":2077}""", client.Receive()!.Json);
    }

    [LinuxFact]
    public async Task Region_ClosedWhileACallUsesIt_StaysUntilTheCallHasEnded()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, 10 * Page);
        region.Write(5 * Page, [42]);
        var (looks, goOn) = Looking(host);
        client.Send(RawClient.Request(1, "test.look", region.Body("image", 5 * Page, Page)));
        Assert.True(await looks.WaitAsync(Unexpected.Timeout));

        OpenRegionTests.Close(client, region.Id);

        Assert.Equal(10 * Page, host.Server.RegionBytes);
        goOn.SetResult();
        Assert.Equal("""{"seen":42}""", client.Receive()!.Json);
        await OpenRegionTests.NoRegionsAsync(host);
    }

    [LinuxFact]
    public async Task Client_ThatVanishesWhileACallUsesItsRegion_LeavesNothingBehind()
    {
        await using var host = await TestHost.StartAsync();
        var (looks, goOn) = Looking(host);
        using (var client = host.ConnectRaw())
        {
            client.Hello();
            var region = RawRegion.Open(client, 10 * Page);
            region.Write(0, [43]);
            RawRegion.Open(client, Page);
            client.Send(RawClient.Request(1, "test.look", region.Body("image", 0, Page)));
            Assert.True(await looks.WaitAsync(Unexpected.Timeout));
        }

        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.RegionBytes > 10 * Page)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(10 * Page, host.Server.RegionBytes);
        goOn.SetResult();
        await OpenRegionTests.NoRegionsAsync(host);
    }

    [LinuxFact]
    public async Task Handler_ThatKeepsWhatItResolved_IsStoppedAndTheHostGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var region = RawRegion.Open(client, Page);
        ReadOnlyMemory<byte> kept = default;
        host.Dispatcher.OnResolving("test.keep", (call, _, _) =>
        {
            kept = Image(call);
            return ValueTask.CompletedTask;
        });
        client.Send(RawClient.Request(1, "test.keep", region.Body("image", 0, Page)));
        Assert.Null(client.Receive()!.Error);
        OpenRegionTests.Close(client, region.Id);
        await OpenRegionTests.NoRegionsAsync(host);

        Assert.Throws<ObjectDisposedException>(() => kept.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => kept.Pin());
    }

    [LinuxFact]
    public async Task Response_ThatRefersToARegion_IsSentBeforeTheRegionGoes()
    {
        // A region counts until its answer is sent, which a client may see a moment earlier: here that must not matter.
        await using var host = await TestHost.StartAsync(options => options.MaxRegionsPerConnection = 64);
        host.Dispatcher.OnResolving("test.mirror", (call, response, _) =>
        {
            var writer = new WireWriter(response);
            Picture.Write(ref writer, new Picture(Image(call)));
            writer.Flush();
            return ValueTask.CompletedTask;
        });
        using var client = host.ConnectRaw();
        client.Hello();
        for (byte i = 1; i < 20; i++)
        {
            var region = RawRegion.Open(client, 1 << 20);
            var content = new byte[1 << 20];
            content.AsSpan().Fill(i);
            region.Write(0, content);
            client.Send(
            [
                .. RawClient.Request(1, "test.mirror", region.Body("image", 0, 1 << 20)),
                .. RawClient.Request(2, HostMethods.CloseRegion, RawClient.Json($$"""{"region":{{region.Id}}}""")),
            ]);
            var answers = new[] { client.Receive()!, client.Receive()! };
            var mirrored = answers.Single(answer => answer.Id == 1);
            Assert.Null(mirrored.Error);
            Assert.Equal(MessagePackSerializer.ConvertToJson(RawRegion.PlainBody("image", content)), mirrored.Json);
        }

        await OpenRegionTests.NoRegionsAsync(host);
    }

    private static (SemaphoreSlim Looks, TaskCompletionSource GoOn) Looking(TestHost host)
    {
        var looks = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.OnResolving("test.look", async (call, response, _) =>
        {
            var image = Image(call);
            looks.Release();
            await goOn.Task;
            FakeDispatcher.WriteMap(response, "seen", image.Span[0]);
        });
        return (looks, goOn);
    }

    private static ReadOnlyMemory<byte> Image(CapabilityInvocation call)
    {
        var reader = new WireReader(call.Body, new Resolver(call.References!));
        return Picture.Read(ref reader).Image;
    }

    private static ulong Offset(Random random, long size) => random.Next(8) switch
    {
        0 => 0,
        1 => (ulong)size,
        2 => (ulong)(size + random.Next(-2, 3)),
        3 => (ulong)((1L << 32) + random.Next(-3, 4)),
        4 => ulong.MaxValue - (ulong)random.Next(0, 5),
        5 => ulong.MaxValue - (ulong)(size + random.Next(-2, 3)) + 1,
        6 => (ulong)random.NextInt64(),
        _ => (ulong)random.NextInt64(size + 1),
    };

    private sealed class Resolver(IBodyReferences references) : IBinaryResolver
    {
        public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
            => references.TryResolve(reference, out binary, out problem);
    }
}
