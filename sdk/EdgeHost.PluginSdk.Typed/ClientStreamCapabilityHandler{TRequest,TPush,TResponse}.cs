using System.Buffers;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>
/// Serves one client stream: a typed request and typed items in, one response out. One instance serves all calls concurrently, so it must be
/// thread-safe; its constructor's parameters come from the plugin's container.
/// </summary>
/// <typeparam name="TRequest">The request, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TPush">What the caller pushes, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TResponse">The response, a <c>[WireMessage]</c> type.</typeparam>
public abstract class ClientStreamCapabilityHandler<TRequest, TPush, TResponse> : ICapabilityHandler, ITypedCapability
    where TRequest : IWireMessage<TRequest>
    where TPush : IWireMessage<TPush>
    where TResponse : IWireMessage<TResponse>
{
    static CapabilityKind ITypedCapability.Kind => CapabilityKind.ClientStream;

    static string ITypedCapability.RequestSchema => TRequest.JsonSchema;

    static string ITypedCapability.ResponseSchema => TResponse.JsonSchema;

    static string? ITypedCapability.ItemSchema => null;

    static bool ITypedCapability.ResolvesReferences => true;

    static string? ITypedCapability.PushSchema => TPush.JsonSchema;

    /// <inheritdoc/>
    async ValueTask ICapabilityHandler.HandleAsync(
        CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = RequestReader.Read<TRequest>(context);
        var pushes = ItemReader.ReadAsync<TPush>(context, cancellationToken);
        var answer = await HandleAsync(request, pushes, context, cancellationToken).ConfigureAwait(false);
        WireMessageSerializer.Serialize(answer, response);
    }

    /// <summary>Handles one call.</summary>
    /// <param name="request">The request, checked against its message's types and ranges.</param>
    /// <param name="pushes">What the caller pushes, until it ends the stream; enumerate once. Binary members of an item are views that are valid until the
    /// next one is asked for.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels or disconnects, the deadline passes, or the host stops.</param>
    /// <exception cref="EdgeHostException">An expected failure: the caller gets its code and message.</exception>
    public abstract ValueTask<TResponse> HandleAsync(
        TRequest request, IAsyncEnumerable<TPush> pushes, CapabilityContext context, CancellationToken cancellationToken);
}
