using EdgeHost.Client.Calls;
using EdgeHost.Client.Regions;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <content>The memory that the session shares with the host.</content>
internal sealed partial class ClientSession : IRegionSource
{
    [ThreadStatic]
    private static RequestShares? _idleShares;

    /// <summary>The session's regions; null before the host answered hello.</summary>
    public SessionRegions? Regions { get; private set; }

    /// <inheritdoc/>
    async ValueTask<OpenRegionResponse> IRegionSource.OpenAsync(long bytes, CancellationToken cancellationToken)
    {
        var body = new MessageBody<OpenRegionRequest>(new OpenRegionRequest(bytes));
        var result = await InvokeAsync(HostMethods.OpenRegion, body, ownsResult: true, options: null, cancellationToken).ConfigureAwait(false);
        var reader = new WireReader(result.Memory);
        return OpenRegionResponse.Read(ref reader);
    }

    /// <inheritdoc/>
    async ValueTask IRegionSource.CloseAsync(uint region)
    {
        var body = new MessageBody<CloseRegionRequest>(new CloseRegionRequest(region));
        var result = await InvokeAsync(HostMethods.CloseRegion, body, ownsResult: true, options: null, CancellationToken.None).ConfigureAwait(false);
        result.Release();
    }

    // Between these two the request is written; only one that used shared memory leaves anything behind.
    private RequestShares? BeginShares(FrameWriter frame)
    {
        if (Regions is not { } regions) return null;
        var shares = _idleShares ?? regions.Rent();
        _idleShares = null;
        shares.Reset(regions);
        frame.Sharer = shares;
        return shares;
    }

    private void EndShares(uint id, RequestShares shares, bool isWritten)
    {
        if (shares.IsEmpty)
        {
            // The thread may live longer than the session.
            shares.Reset(null);
            _idleShares = shares;
            return;
        }

        if (isWritten) Regions!.Begin(id, shares);
        else shares.Release();
    }
}
