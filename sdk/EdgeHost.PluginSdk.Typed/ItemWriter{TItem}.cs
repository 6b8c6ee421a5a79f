using System.Buffers;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>Sends the items of one call's stream. One write at a time: await each before the next.</summary>
/// <typeparam name="TItem">An item, a <c>[WireMessage]</c> type.</typeparam>
public sealed class ItemWriter<TItem>
    where TItem : IWireMessage<TItem>
{
    private readonly CapabilityContext _context;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Creates a writer.</summary>
    /// <param name="context">The call that the items belong to.</param>
    public ItemWriter(CapabilityContext context) => _context = context;

    /// <summary>Sends one item; waits while the caller has given no credit, so a slow reader slows the handler.</summary>
    /// <param name="item">The item; may be changed again once the task is complete.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask WriteAsync(TItem item, CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        WireMessageSerializer.Serialize(item, _buffer);
        await _context.SendItemAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends every item of a sequence as it comes.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops waiting and ends the sequence.</param>
    public async ValueTask WriteAllAsync(IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(item, cancellationToken).ConfigureAwait(false);
        }
    }
}
