using EdgeHost.Client.Regions;

namespace EdgeHost.Client;

/// <content>Memory that the host reads in place.</content>
public sealed partial class EdgeHostClient
{
    /// <summary>
    /// Rents memory that the host reads in place, for binaries of requests: a camera or decoder writes into it, and calls send no byte of it. Worth it from
    /// some 16 KiB up. Where there is no shared memory, or no room in it, the buffer is ordinary memory and works the same.
    /// </summary>
    /// <param name="bytes">How many bytes; at least 1. All buffers and requests of a client share <see cref="EdgeHostClientOptions.RegionBytes"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the host, which is asked for memory if there is none left.</param>
    /// <returns>The buffer; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<SharedBuffer> RentBufferAsync(int bytes, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        var session = await _keeper.GetAsync(cancellationToken).ConfigureAwait(false);
        var slot = session.Regions is { } regions ? await regions.TakeAsync(bytes, cancellationToken).ConfigureAwait(false) : null;
        return new SharedBuffer(slot is { } taken ? new BufferMemory(taken) : new BufferMemory(bytes));
    }
}
