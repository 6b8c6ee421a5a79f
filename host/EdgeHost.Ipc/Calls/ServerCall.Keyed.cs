using System.Buffers;
using EdgeHost.Ipc.Idempotency;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Ipc.Calls;

/// <content>Calls with an idempotency key: the work is apart from the connection that asked for it first.</content>
internal sealed partial class ServerCall
{
    private async ValueTask<CallReport?> InvokeOnceAsync(string key, FrameWriter frame)
    {
        var app = _connection.App!;

        // A repetition may name another region: what counts, and what outlives the connection, are the bytes.
        var body = References is null ? _body.Memory : References.Inline(_body.Memory);
        var keyed = _connection.Keyed.Enter(new CallKey(app.Name, app.UserId, Method, key), body.Span, call => RunKeyedAsync(call, body.ToArray()));
        var outcome = await keyed.WaitAsync(() => _connection.Transport.IsClosing, _cancellation.Token).ConfigureAwait(false);
        if (outcome.Error is { } error) throw new EdgeHostException(error.Code, error.Message) { RetryAfter = error.RetryAfter, Details = error.Details };
        frame.Write(outcome.Response!.Value.Span);
        return outcome.Report;
    }

    // The body and the sink of the answer must outlive this call and its connection.
    private async Task<KeyedOutcome> RunKeyedAsync(KeyedCall keyed, byte[] body)
    {
        var invocation = new CapabilityInvocation
        {
            Method = Method,
            Body = body,
            App = _connection.App!,
            Account = _connection.DeviceTime,
            Priority = _permit.Priority,
            Deadline = Deadline,
            TraceParent = _context.TraceParent,
            MustBeUnary = true,
        };
        var response = new ArrayBufferWriter<byte>();
        try
        {
            var report = await _connection.Dispatcher.InvokeAsync(invocation, response, keyed.Stop).ConfigureAwait(false);
            return new KeyedOutcome(response.WrittenCount == 0 ? RpcWriter.EmptyBody.ToArray() : response.WrittenMemory, null, report);
        }
        catch (Exception e) // The boundary of a call that nobody else observes.
        {
            return new KeyedOutcome(null, e is EdgeHostException known ? known : Map(e), null);
        }
    }
}
