namespace EdgeHost.Runtime.Dispatch;

/// <summary>Where the items that a caller pushes come from: the connection, with its credit, or a test.</summary>
public interface IItemSource
{
    /// <summary>The items in order, until the caller ends the stream; each (MessagePack) is valid until the next is asked for. Enumerate once.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">They were enumerated before.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken cancellationToken);
}
