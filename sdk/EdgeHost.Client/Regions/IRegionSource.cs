using EdgeHost.Protocol.Messages;

namespace EdgeHost.Client.Regions;

/// <summary>Asks the host for regions. Thread-safe.</summary>
internal interface IRegionSource
{
    /// <summary>Opens one.</summary>
    /// <exception cref="EdgeHostException">The host has none to give, or the connection is lost.</exception>
    ValueTask<OpenRegionResponse> OpenAsync(long bytes, CancellationToken cancellationToken);

    /// <summary>Closes one that is of no use.</summary>
    /// <exception cref="EdgeHostException">The connection is lost.</exception>
    ValueTask CloseAsync(uint region);
}
