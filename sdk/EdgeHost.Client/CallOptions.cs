using EdgeHost.Protocol;

namespace EdgeHost.Client;

/// <summary>What a caller says about a call besides its body. Immutable; may be reused.</summary>
public sealed class CallOptions
{
    /// <summary>
    /// How long the answer is worth waiting for, counted from when the host receives the call; the host then stops the call with
    /// <see cref="ErrorCode.DeadlineExceeded"/>. Waiting for a connection takes from it, and so does what came before a call is sent again. Zero or less has passed already. Null for none.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How urgent it is.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>The W3C <c>traceparent</c> of the caller's span, at most 256 characters; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// A key that says two calls are the same, at most 256 characters; see <see cref="NewIdempotencyKey"/>. The host runs a call of an app, method and key once and answers
    /// its repetitions with the first one's outcome, for some minutes. A call with a key whose connection is lost is sent again by the client itself. For methods with one
    /// response. Null for none.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Whether running the call twice does no harm. A call with a key is then sent again even to a host that was started anew and has forgotten the key.
    /// </summary>
    public bool IsRepeatable { get; init; }

    internal CallOptions WithDeadline(TimeSpan deadline) => new()
    {
        Deadline = deadline,
        Priority = Priority,
        TraceParent = TraceParent,
        IdempotencyKey = IdempotencyKey,
        IsRepeatable = IsRepeatable,
        OnInfo = OnInfo,
        OnStreamResponse = OnStreamResponse,
    };

    /// <summary>Makes a key that no other call has.</summary>
    public static string NewIdempotencyKey() => Guid.NewGuid().ToString("N");

    /// <summary>Asks the host to explain the call; called with the explanation before the call completes successfully. Null to ask for none.</summary>
    public Action<CallInfo>? OnInfo { get; init; }

    /// <summary>Called with the response body that ends a stream; the memory is valid during the call only. Null to drop it.</summary>
    public Action<ReadOnlyMemory<byte>>? OnStreamResponse { get; init; }
}
