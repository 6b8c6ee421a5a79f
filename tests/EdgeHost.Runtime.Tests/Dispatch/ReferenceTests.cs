using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Runtime.Tests.Dispatch;

public sealed class ReferenceTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new();
    private readonly FakeReferences _references = new();
    private CapabilityContext? _context;
    private byte[] _seen = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    [Fact]
    public async Task InvokeAsync_HandlerThatFollowsReferences_GetsTheBodyAsItCame()
    {
        await InvokeAsync(resolves: true, _references);

        Assert.Equal([1, 2, 3], _seen);
        Assert.Equal((0, 1), (_references.Inlined, _references.Resolved));
    }

    [Fact]
    public async Task InvokeAsync_HandlerThatDoesNotFollowReferences_GetsTheBytesInTheirPlace()
    {
        await InvokeAsync(resolves: false, _references);

        Assert.Equal([9, 9], _seen);
        Assert.Equal((1, 0), (_references.Inlined, _references.Resolved));
    }

    [Fact]
    public async Task InvokeAsync_BodyWithoutReferences_IsTheBodyForBoth()
    {
        await InvokeAsync(resolves: false, references: null);
        Assert.Equal([1, 2, 3], _seen);
        await InvokeAsync(resolves: true, references: null);
        Assert.Equal([1, 2, 3], _seen);
    }

    [Fact]
    public async Task TryResolve_AfterTheCallHasEnded_Throws()
    {
        await InvokeAsync(resolves: true, _references);

        Assert.Throws<ObjectDisposedException>(() => _context!.TryResolve([], out _, out _));
    }

    private async Task InvokeAsync(bool resolves, IBodyReferences? references)
    {
        var capability = new TestCapability((context, _, _) =>
        {
            _context = context;
            _seen = context.Body.ToArray();
            Assert.Equal(resolves && references is not null, context.HasReferences);
            Assert.Equal(context.HasReferences, context.TryResolve(new byte[16], out var binary, out var problem));
            if (context.HasReferences) Assert.Equal([9], binary.ToArray());
            else Assert.NotNull(problem);
            return ValueTask.CompletedTask;
        })
        {
            ResolvesReferences = resolves,
        };
        _runtime.Catalog.Replace("tests", [capability.Route("test.look")]);
        await _runtime.Dispatcher.InvokeAsync(
            new CapabilityInvocation { Method = "test.look", Body = new byte[] { 1, 2, 3 }, References = references, App = new AppIdentity("app", -1, -1) },
            new ArrayBufferWriter<byte>(),
            CancellationToken.None);
    }

    private sealed class FakeReferences : IBodyReferences
    {
        public int Inlined { get; private set; }

        public int Resolved { get; private set; }

        public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
        {
            Resolved++;
            binary = new byte[] { 9 };
            problem = null;
            return true;
        }

        public ReadOnlyMemory<byte> Inline(ReadOnlyMemory<byte> body)
        {
            Inlined++;
            return new byte[] { 9, 9 };
        }
    }
}
