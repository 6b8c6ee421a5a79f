using EdgeHost.Protocol;

namespace EdgeHost.Client;

/// <summary>What a caller says about a call besides its body. Immutable; may be reused.</summary>
public sealed class CallOptions
{
    /// <summary>
    /// How long the answer is worth waiting for, counted from when the host receives the call; the host then stops the call with
    /// <see cref="ErrorCode.DeadlineExceeded"/>. Zero or less has passed already. Null for none.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How urgent it is.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>The W3C <c>traceparent</c> of the caller's span, at most 256 characters; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>A key that says two calls are the same, at most 256 characters. It is sent; hosts of this version take no notice of it.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Asks the host to explain the call; called with the explanation before the call completes successfully. Null to ask for none.</summary>
    public Action<CallInfo>? OnInfo { get; init; }

    /// <summary>Called with the response body that ends a stream; the memory is valid during the call only. Null to drop it.</summary>
    public Action<ReadOnlyMemory<byte>>? OnStreamResponse { get; init; }
}
