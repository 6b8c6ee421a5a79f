using System.Buffers;
using System.Runtime.CompilerServices;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Runtime.Tests.Dispatch;

/// <summary>Items that callers push, between the socket and the handler.</summary>
public sealed class PushedItemsTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    [Theory]
    [InlineData(CapabilityKind.ClientStream)]
    [InlineData(CapabilityKind.Duplex)]
    public async Task ReadItemsAsync_KindThatTakesItems_GetsThemInOrder(CapabilityKind kind)
    {
        var seen = new List<byte>();
        Serve(kind, async (context, _, token) =>
        {
            await foreach (var item in context.ReadItemsAsync(token)) seen.Add(item.Span[0]);
        });

        await InvokeAsync(new Pushes(1, 2, 3));

        Assert.Equal([1, 2, 3], seen);
    }

    [Theory]
    [InlineData(CapabilityKind.Unary)]
    [InlineData(CapabilityKind.ServerStream)]
    public async Task ReadItemsAsync_KindThatTakesNone_IsTheHandlersFault(CapabilityKind kind)
    {
        InvalidOperationException? thrown = null;
        Serve(kind, (context, _, token) =>
        {
            thrown = Assert.Throws<InvalidOperationException>(() => context.ReadItemsAsync(token));
            return ValueTask.CompletedTask;
        });

        await InvokeAsync(new Pushes(1));

        Assert.Contains("takes no items", thrown!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CapabilityKind.ClientStream)]
    [InlineData(CapabilityKind.Duplex)]
    public async Task InvokeAsync_CallerThatCanPushNothing_IsRefusedBeforeTheHandler(CapabilityKind kind)
    {
        var capability = Serve(kind, (_, _, _) => ValueTask.CompletedTask);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(pushes: null));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Equal(0, capability.Calls);
    }

    [Fact]
    public async Task SendItemAsync_ClientStream_IsTheHandlersFault()
    {
        Serve(CapabilityKind.ClientStream, async (context, _, token) => await context.SendItemAsync(new byte[] { 1 }, token));

        Assert.Equal(ErrorCode.Internal, (await Assert.ThrowsAsync<EdgeHostException>(() => InvokeAsync(new Pushes()))).Code);
    }

    [Fact]
    public async Task ReadItemsAsync_AfterTheCall_Throws()
    {
        CapabilityContext? kept = null;
        Serve(CapabilityKind.ClientStream, (context, _, _) =>
        {
            kept = context;
            return ValueTask.CompletedTask;
        });

        await InvokeAsync(new Pushes(1));

        Assert.Throws<ObjectDisposedException>(() => kept!.ReadItemsAsync(CancellationToken.None));
    }

    private TestCapability Serve(CapabilityKind kind, Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> handle)
    {
        var capability = new TestCapability(handle) { Kind = kind };
        _runtime.Catalog.Replace("tests", [capability.Route("test.items")]);
        return capability;
    }

    private async Task InvokeAsync(IItemSource? pushes)
        => await _runtime.Dispatcher.InvokeAsync(
            new CapabilityInvocation { Method = "test.items", Body = ReadOnlyMemory<byte>.Empty, App = new AppIdentity("app", -1, -1), Items = new NoSink(), Pushes = pushes },
            new ArrayBufferWriter<byte>(),
            CancellationToken.None);

    private sealed class Pushes(params byte[] items) : IItemSource
    {
        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var item in items)
            {
                await Task.Yield();
                yield return new[] { item };
            }
        }
    }

    private sealed class NoSink : IItemSink
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
