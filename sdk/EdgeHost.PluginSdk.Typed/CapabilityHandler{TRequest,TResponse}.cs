using System.Buffers;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>
/// Serves one unary capability: a typed request in, a typed response out. One instance serves all calls concurrently, so it
/// must be thread-safe; its constructor's parameters come from the plugin's container.
/// </summary>
/// <typeparam name="TRequest">The request, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TResponse">The response, a <c>[WireMessage]</c> type.</typeparam>
public abstract class CapabilityHandler<TRequest, TResponse> : ICapabilityHandler, ITypedCapability
    where TRequest : IWireMessage<TRequest>
    where TResponse : IWireMessage<TResponse>
{
    static CapabilityKind ITypedCapability.Kind => CapabilityKind.Unary;

    static bool ITypedCapability.ResolvesReferences => true;

    static string ITypedCapability.RequestSchema => TRequest.JsonSchema;

    static string ITypedCapability.ResponseSchema => TResponse.JsonSchema;

    static string? ITypedCapability.ItemSchema => null;

    /// <inheritdoc/>
    async ValueTask ICapabilityHandler.HandleAsync(
        CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = RequestReader.Read<TRequest>(context);
        var answer = await HandleAsync(request, context, cancellationToken).ConfigureAwait(false);
        WireMessageSerializer.Serialize(answer, response);
    }

    /// <summary>Handles one call.</summary>
    /// <param name="request">The request, checked against its message's types and ranges. Its binary members are views of a buffer that is
    /// taken back when the call ends, or of memory that the app shares and may change while they are read: copy what must live longer, or must
    /// not change between a check and its use.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels or disconnects, the deadline passes, or the host stops.</param>
    /// <exception cref="EdgeHostException">An expected failure: the caller gets its code and message. Any other exception is logged and
    /// reaches the caller as <see cref="ErrorCode.Internal"/> without its text.</exception>
    public abstract ValueTask<TResponse> HandleAsync(TRequest request, CapabilityContext context, CancellationToken cancellationToken);
}
