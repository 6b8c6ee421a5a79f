using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Ipc.Idempotency;

/// <summary>How a call with a key ended: a response, or an error. Immutable.</summary>
/// <param name="Response">The response body, or null.</param>
/// <param name="Error">The error, or null.</param>
/// <param name="Report">What is to be told about a call that succeeded.</param>
internal sealed record KeyedOutcome(ReadOnlyMemory<byte>? Response, EdgeHostException? Error, CallReport? Report)
{
    /// <summary>Whether the same call again would end the same, so that it must not run again.</summary>
    public bool IsFinal => Error is not { Code: ErrorCode.Unavailable or ErrorCode.Cancelled or ErrorCode.DeadlineExceeded or ErrorCode.ResourceExhausted };

    /// <summary>About what keeping it takes, its key and the entry included.</summary>
    public long Bytes => 1024 + (Response?.Length ?? 0);
}
