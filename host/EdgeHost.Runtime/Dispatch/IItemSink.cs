namespace EdgeHost.Runtime.Dispatch;

/// <summary>Where a stream's items go: the connection, with its credit, or a test.</summary>
public interface IItemSink
{
    /// <summary>Hands over one item; waits while the receiver has given no credit.</summary>
    /// <param name="item">The item (MessagePack); copied before the task completes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken);
}
