using EdgeHost.Ipc.Server;

namespace EdgeHost.Ipc.Regions;

/// <summary>The regions of all connections: their ids, which are never used twice, and the bytes they take. Thread-safe.</summary>
/// <param name="mostBytes">Bytes of all of them.</param>
/// <param name="metrics">Counts them.</param>
internal sealed class RegionBudget(long mostBytes, IpcMetrics metrics)
{
    private readonly Lock _gate = new();
    private long _bytes;
    private long _lastId;

    /// <summary>Bytes of all regions that are mapped.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Takes the place of a region.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: all regions take too much.</exception>
    public uint Take(long bytes)
    {
        uint id;
        lock (_gate)
        {
            if (bytes > mostBytes - _bytes)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted, $"The regions of all apps have {_bytes} bytes of {mostBytes}; {bytes} more do not fit. Send binaries in the request.");
            }

            if (_lastId == uint.MaxValue) throw new EdgeHostException(ErrorCode.ResourceExhausted, "The host has given out all ids of regions; restart it.");
            id = (uint)++_lastId;
            _bytes += bytes;
        }

        metrics.RegionOpened(bytes);
        return id;
    }

    /// <summary>Gives the place of a region back.</summary>
    public void Give(long bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
        }

        metrics.RegionClosed(bytes);
    }
}
