using System.Runtime.CompilerServices;
using EdgeHost.Client.Sessions;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <summary>
/// A client stream or duplex call under way, with typed items. One thread may push while another reads; two must not push, nor read, at the same time.
/// Dispose it: a call that has not ended is stopped on the host too.
/// </summary>
/// <typeparam name="TPush">What is pushed.</typeparam>
/// <typeparam name="TItem">What the host sends; any message for a client stream, which sends none.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class OpenCall<TPush, TItem, TResponse> : IAsyncDisposable
    where TPush : IWireMessage<TPush>
    where TItem : IWireMessage<TItem>
    where TResponse : IWireMessage<TResponse>
{
    private readonly OpenStream _stream;

    internal OpenCall(OpenStream stream) => _stream = stream;

    /// <summary>Pushes an item; waits while the host has no room for it, so a slow capability slows the app.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <exception cref="EdgeHostException">How the call has ended, if it has.</exception>
    public ValueTask PushAsync(TPush item, CancellationToken cancellationToken = default)
        => _stream.PushAsync(WireMessageSerializer.ToArray(item), cancellationToken);

    /// <summary>Says that nothing more is pushed. Nothing if the call has ended.</summary>
    /// <param name="cancellationToken">Stops waiting to send.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the connection is lost.</exception>
    public ValueTask CompleteAsync(CancellationToken cancellationToken = default) => _stream.CompleteAsync(cancellationToken);

    /// <summary>The items that the host sends; their binaries are in memory of their own. Enumerate once.</summary>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <exception cref="EdgeHostException">While enumerating: how the call failed.</exception>
    public async IAsyncEnumerable<TItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in _stream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var copy = item.Memory.ToArray();
            item.Release();
            yield return EdgeHostClient.Read<TItem>(copy);
        }
    }

    /// <summary>Waits for the response. Items that nobody reads hold it up, as the host has no credit to send them.</summary>
    /// <param name="cancellationToken">Stops waiting; the call goes on.</param>
    /// <exception cref="EdgeHostException">How the call failed.</exception>
    public async Task<TResponse> ResponseAsync(CancellationToken cancellationToken = default)
    {
        await _stream.Call.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return EdgeHostClient.Read<TResponse>(_stream.Call.Result.Memory.ToArray());
    }

    /// <summary>Stops the call unless it has ended.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
