using System.Buffers;

namespace EdgeHost.PluginSdk;

/// <summary>
/// Serves one capability: bytes in, bytes out. Most authors derive from the typed handler of EdgeHost.PluginSdk.Typed instead.
/// One instance serves all calls concurrently, so it must be thread-safe.
/// </summary>
public interface ICapabilityHandler
{
    /// <summary>
    /// Handles one call. Throw <see cref="EdgeHostException"/> for an expected failure; any other exception is logged and reaches the
    /// app as <see cref="ErrorCode.Internal"/> without its text. An <see cref="OperationCanceledException"/> while
    /// <paramref name="cancellationToken"/> is cancelled is a cancellation (or a passed deadline), not a fault.
    /// </summary>
    /// <param name="context">The call. It and its body are valid until the returned task completes.</param>
    /// <param name="response">Where the response body (MessagePack) goes. Discarded if the handler fails.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels or disconnects, the deadline passes, or the host stops.</param>
    ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken);
}
