using System.Buffers;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.PluginSdk.Typed.Tests;

public class ReferenceTests
{
    private static readonly byte[] Shared = [1, 2, 3, 4, 5];

    [Fact]
    public async Task AddCapability_TypedHandlers_SayThatTheyFollowReferences()
    {
        await using var host = await PluginTestHost.StartAsync(new DelegatePlugin(static plugin =>
        {
            plugin.AddCapability<SumHandler>();
            plugin.AddCapability<RepeatHandler>();
        }));

        Assert.All(host.Capabilities, static capability => Assert.True(capability.ResolvesReferences));
    }

    [Fact]
    public async Task HandleAsync_Reference_ReachesTheHandlerAsTheMemoryItself()
    {
        ICapabilityHandler handler = new SumHandler();
        var response = new ArrayBufferWriter<byte>();

        await handler.HandleAsync(new ReferringContext(Body(), Shared), response, CancellationToken.None);

        var answer = WireMessageSerializer.Deserialize<SumResponse>(response.WrittenMemory);
        Assert.Equal((9, true), (answer.Sum, SumHandler.Last.Span.Overlaps(Shared)));
    }

    [Fact]
    public async Task HandleAsync_ReferenceThatLeadsNowhere_IsInvalid()
    {
        ICapabilityHandler handler = new SumHandler();

        var error = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await handler.HandleAsync(new ReferringContext(Body(), []), new ArrayBufferWriter<byte>(), CancellationToken.None));

        Assert.Equal((ErrorCode.InvalidArgument, "Field 'data' leads nowhere."), (error.Code, error.Message));
    }

    [Fact]
    public void TryResolve_OfAContextWithoutReferences_SaysSo()
    {
        var context = new FakeCapabilityContext("test.sum", default);

        Assert.False(context.HasReferences);
        Assert.False(context.TryResolve(new byte[16], out _, out var problem));
        Assert.Contains("send the bytes", problem, StringComparison.Ordinal);
    }

    private static byte[] Body()
    {
        // {"data": reference to 3 bytes at 1 of region 7}
        var body = new byte[1 + 5 + 2 + 16];
        ((byte[])[0x81, 0xa4, (byte)'d', (byte)'a', (byte)'t', (byte)'a', 0xd8, 0x01]).CopyTo(body, 0);
        new BinaryReference(7, 1, 3).WriteTo(body.AsSpan(8));
        return body;
    }

    private sealed class ReferringContext(byte[] body, byte[] region) : CapabilityContext
    {
        private readonly FakeCapabilityContext _inner = new("test.sum", body);

        public override string Method => _inner.Method;

        public override AppIdentity App => _inner.App;

        public override ReadOnlyMemory<byte> Body => _inner.Body;

        public override bool HasReferences => true;

        public override CallPriority Priority => _inner.Priority;

        public override DateTimeOffset? Deadline => _inner.Deadline;

        public override string? TraceParent => _inner.TraceParent;

        public override IModelProvider Models => _inner.Models;

        public override ILogger Logger => NullLogger.Instance;

        public override bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
        {
            Assert.True(BinaryReference.TryRead(reference, out var place));
            problem = region.Length == 0 ? "leads nowhere" : null;
            binary = region.Length == 0 ? default : region.AsMemory((int)place.Offset, (int)place.Length);
            return problem is null;
        }

        public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
            => _inner.SendItemAsync(item, cancellationToken);
    }
}

[WireMessage]
public sealed partial class SumRequest
{
    public required ReadOnlyMemory<byte> Data { get; init; }
}

[WireMessage]
public sealed partial class SumResponse
{
    public required int Sum { get; init; }
}

[Capability("test.sum")]
internal sealed class SumHandler : CapabilityHandler<SumRequest, SumResponse>
{
    public static ReadOnlyMemory<byte> Last { get; private set; }

    public override ValueTask<SumResponse> HandleAsync(SumRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        Last = request.Data;
        var sum = 0;
        foreach (var value in request.Data.Span) sum += value;
        return ValueTask.FromResult(new SumResponse { Sum = sum });
    }
}
