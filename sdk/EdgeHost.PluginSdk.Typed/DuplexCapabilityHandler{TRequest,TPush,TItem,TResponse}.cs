using System.Buffers;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>
/// Serves one duplex capability: a typed request, then typed items both ways at their own pace, then a response. One instance serves all calls
/// concurrently, so it must be thread-safe; its constructor's parameters come from the plugin's container.
/// </summary>
/// <typeparam name="TRequest">The request, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TPush">What the caller pushes, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TItem">What the handler sends, a <c>[WireMessage]</c> type.</typeparam>
/// <typeparam name="TResponse">The response, a <c>[WireMessage]</c> type.</typeparam>
public abstract class DuplexCapabilityHandler<TRequest, TPush, TItem, TResponse> : ICapabilityHandler, ITypedCapability
    where TRequest : IWireMessage<TRequest>
    where TPush : IWireMessage<TPush>
    where TItem : IWireMessage<TItem>
    where TResponse : IWireMessage<TResponse>
{
    static CapabilityKind ITypedCapability.Kind => CapabilityKind.Duplex;

    static string ITypedCapability.RequestSchema => TRequest.JsonSchema;

    static string ITypedCapability.ResponseSchema => TResponse.JsonSchema;

    static string? ITypedCapability.ItemSchema => TItem.JsonSchema;

    static bool ITypedCapability.ResolvesReferences => true;

    static string? ITypedCapability.PushSchema => TPush.JsonSchema;

    /// <inheritdoc/>
    async ValueTask ICapabilityHandler.HandleAsync(
        CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = RequestReader.Read<TRequest>(context);
        var pushes = ItemReader.ReadAsync<TPush>(context, cancellationToken);
        var items = new ItemWriter<TItem>(context);
        var answer = await HandleAsync(request, pushes, items, context, cancellationToken).ConfigureAwait(false);
        WireMessageSerializer.Serialize(answer, response);
    }

    /// <summary>Handles one call.</summary>
    /// <param name="request">The request, checked against its message's types and ranges.</param>
    /// <param name="pushes">What the caller pushes, until it ends the stream; enumerate once. Binary members of an item are views that are valid until the
    /// next one is asked for.</param>
    /// <param name="items">Takes the items for the caller; valid until the returned task completes.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Cancelled when the caller cancels or disconnects, the deadline passes, or the host stops.</param>
    /// <returns>The response, sent after the last item.</returns>
    /// <exception cref="EdgeHostException">An expected failure: the caller gets its code and message after the items sent so far.</exception>
    public abstract ValueTask<TResponse> HandleAsync(
        TRequest request, IAsyncEnumerable<TPush> pushes, ItemWriter<TItem> items, CapabilityContext context, CancellationToken cancellationToken);
}
