using System.Buffers;
using EdgeHost.Ipc.Idempotency;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Ipc.Calls;

/// <content>Calls with an idempotency key: the work is apart from the connection that asked for it first.</content>
internal sealed partial class ServerCall
{
    private const int MostRuns = 4;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    private async ValueTask<CallReport?> InvokeOnceAsync(string key, FrameWriter frame)
    {
        var app = _connection.App!;

        // A repetition may name another region: what counts, and what outlives the connection, are the bytes.
        var body = References is null ? _body.Memory : References.Inline(_body.Memory);
        var callKey = new CallKey(app.Name, app.UserId, Method, key);
        using var deadline = Deadline is { } end ? new CancellationTokenSource(TimeLeft(end), _connection.Time) : null;
        using var either = deadline is null ? null : CancellationTokenSource.CreateLinkedTokenSource(_cancellation.Token, deadline.Token);
        var stop = either?.Token ?? _cancellation.Token;
        KeyedOutcome outcome;
        var tries = 0;
        while (true)
        {
            var isFirst = false;
            var keyed = _connection.Keyed.Enter(callKey, body.Span, call =>
            {
                isFirst = true;
                return RunKeyedAsync(call, body.ToArray());
            });
            try
            {
                outcome = await keyed.WaitAsync(() => _connection.Transport.IsClosing, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !_isCancelled)
            {
                throw PastDeadline();
            }

            // The first call was given up or out of time, which is no outcome: this one, which is neither, runs it.
            if (isFirst || !EndedForTheFirstAlone(keyed, outcome) || ++tries == MostRuns) break;
        }

        if (outcome.Error is { } error) throw new EdgeHostException(error.Code, error.Message) { RetryAfter = error.RetryAfter, Details = error.Details };
        frame.Write(outcome.Response!.Value.Span);
        return outcome.Report;
    }

    private static bool EndedForTheFirstAlone(KeyedCall keyed, KeyedOutcome outcome)
        => outcome.Error is { Code: ErrorCode.DeadlineExceeded } || (keyed.WasAborted && outcome.Error is { Code: ErrorCode.Cancelled });

    private TimeSpan TimeLeft(DateTimeOffset end)
    {
        var left = end - _connection.Time.GetUtcNow();
        if (left <= TimeSpan.Zero) throw PastDeadline();
        return left < LongestTimer ? left : LongestTimer;
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
            WantsCallId = _context.Explain,
        };
        var response = new ArrayBufferWriter<byte>();
        try
        {
            var report = await _connection.Dispatcher.InvokeAsync(invocation, response, keyed.Stop).ConfigureAwait(false);
            return new KeyedOutcome(response.WrittenCount == 0 ? RpcWriter.EmptyBody.ToArray() : response.WrittenSpan.ToArray(), null, report);
        }
        catch (Exception e) // The boundary of a call that nobody else observes.
        {
            return new KeyedOutcome(null, MapFailure(e), null);
        }
    }
}
