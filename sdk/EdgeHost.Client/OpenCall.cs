using System.Runtime.CompilerServices;
using EdgeHost.Client.Sessions;

namespace EdgeHost.Client;

/// <summary>
/// A client stream or duplex call under way, with items that are MessagePack already. One thread may push while another reads; two must not push, nor
/// read, at the same time. Dispose it: a call that has not ended is stopped on the host too.
/// </summary>
public sealed class OpenCall : IAsyncDisposable
{
    private readonly OpenStream _stream;

    internal OpenCall(OpenStream stream) => _stream = stream;

    /// <summary>Pushes an item; waits while the host has no room for it, so a slow capability slows the app.</summary>
    /// <param name="item">The item, one MessagePack value; free again when the task completes.</param>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <exception cref="EdgeHostException">How the call has ended, if it has; <see cref="ErrorCode.InvalidArgument"/>: not one MessagePack value.</exception>
    public ValueTask PushAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken = default) => _stream.PushAsync(item, cancellationToken);

    /// <summary>Says that nothing more is pushed. Nothing if it was said before or the call has ended.</summary>
    /// <param name="cancellationToken">Stops waiting to send.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the connection is lost.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _stream.CompleteAsync(cancellationToken);

    /// <summary>The items that the host sends; the reader disposes each. Enumerate once.</summary>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <exception cref="EdgeHostException">While enumerating: how the call failed.</exception>
    public async IAsyncEnumerable<CallBody> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in _stream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new CallBody(item);
        }
    }

    /// <summary>Waits for the response. Items that nobody reads hold it up, as the host has no credit to send them.</summary>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <returns>The response body; valid until this is disposed.</returns>
    /// <exception cref="EdgeHostException">How the call failed.</exception>
    public async Task<ReadOnlyMemory<byte>> ResponseAsync(CancellationToken cancellationToken = default)
    {
        await _stream.Call.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _stream.Call.Result.Memory;
    }

    /// <summary>Stops the call unless it has ended.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
