using System.Buffers;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>Finds who serves a method and runs the call. The socket, the gateway and tests all use this one. Thread-safe.</summary>
public interface ICapabilityDispatcher
{
    /// <summary>
    /// Runs one call to its end. The deadline and the token cancel it; whatever the handler throws comes out as an
    /// <see cref="EdgeHostException"/> (an unexpected one as <see cref="ErrorCode.Internal"/>, logged with its stack).
    /// </summary>
    /// <param name="call">The call; its body stays valid until the task completes.</param>
    /// <param name="response">Where the response body goes; its content is meaningless if the task fails.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels or disconnects.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: no such method (the message names the nearest);
    /// <see cref="ErrorCode.DeadlineExceeded"/>; <see cref="ErrorCode.Cancelled"/>; or what the handler reports.</exception>
    ValueTask<CallReport> InvokeAsync(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken);
}
