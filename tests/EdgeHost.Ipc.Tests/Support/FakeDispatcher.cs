using System.Buffers;
using System.Collections.Concurrent;
using EdgeHost.Runtime.Dispatch;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>Serves methods that tests define.</summary>
internal sealed class FakeDispatcher : ICapabilityDispatcher
{
    public static readonly CallReport Report = new(
        "test", "cpu", "it is the only one", TimeSpan.FromMicroseconds(3), TimeSpan.FromMicroseconds(4), TimeSpan.FromMicroseconds(5), 2, 1, ["face@1.0", "text@2.1"], TimeSpan.FromMicroseconds(20));

    private readonly ConcurrentDictionary<string, Handler> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _resolving = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<CapabilityInvocation> _calls = new();

    public FakeDispatcher()
    {
        On("test.echo", (call, response, _) =>
        {
            response.Write(call.Body.Span);
            return ValueTask.CompletedTask;
        });
    }

    public delegate ValueTask Handler(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken);

    public IReadOnlyCollection<CapabilityInvocation> Calls => _calls;

    /// <summary>Forgets the calls so far, and what they hold.</summary>
    public void ForgetCalls() => _calls.Clear();

    public void On(string method, Handler handler) => _handlers[method] = handler;

    /// <summary>A method that follows references itself, as typed handlers do; others get the bytes in their place.</summary>
    public void OnResolving(string method, Handler handler)
    {
        _resolving[method] = true;
        _handlers[method] = handler;
    }

    /// <summary>A method that says when it began and then waits.</summary>
    public BlockedMethod Block(string method)
    {
        var blocked = new BlockedMethod();
        On(method, blocked.HandleAsync);
        return blocked;
    }

    public async ValueTask<CallReport> InvokeAsync(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        _calls.Enqueue(Copy(call, call.Body)); // The host uses the object again.
        if (!_handlers.TryGetValue(call.Method, out var handler))
        {
            throw new EdgeHostException(ErrorCode.Unimplemented, $"There is no method '{call.Method}'. The nearest is 'test.echo'.");
        }

        await handler(_resolving.ContainsKey(call.Method) ? call : Inlined(call), response, cancellationToken);
        return Report;
    }

    private static CapabilityInvocation Inlined(CapabilityInvocation call)
        => call.References is null
            ? call
            : Copy(call, call.References.Inline(call.Body));

    private static CapabilityInvocation Copy(CapabilityInvocation call, ReadOnlyMemory<byte> body)
        => new()
        {
            Method = call.Method,
            Body = body,
            References = call.References,
            App = call.App,
            Priority = call.Priority,
            Deadline = call.Deadline,
            TraceParent = call.TraceParent,
            Items = call.Items,
            MustBeUnary = call.MustBeUnary,
            Pushes = call.Pushes,
        };

    public static void WriteMap(IBufferWriter<byte> response, string key, long value)
    {
        var writer = new MessagePackWriter(response);
        writer.WriteMapHeader(1);
        writer.Write(key);
        writer.Write(value);
        writer.Flush();
    }
}
