using System.Numerics;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Messages;
using EdgeHost.Protocol.Regions;

namespace EdgeHost.Client.Regions;

/// <summary>
/// The regions of one session and the requests that use them. The first request with a large binary still goes over the socket and causes a region to be
/// opened for those after it, so that an app which sends one picture and leaves pays nothing; each further region is twice as large. Where there are no
/// regions, or no room, nobody is told: the bytes go over the socket. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asked for holds nothing.
internal sealed class SessionRegions
#pragma warning restore CA1001
{
    private const int FirstBytes = 16 * 1024 * 1024;
    private const int MostBytes = 1024 * 1024 * 1024;
    private const int RoomForRequests = 4;
    private const int MostIdleShares = 16;
    private static readonly TimeSpan RetryAfterRefusal = TimeSpan.FromSeconds(10);

    private readonly IRegionSource _source;
    private readonly HostLimits _limits;
    private readonly long _mostBytes;
    private readonly long _processId;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _opening = new(1);
    private readonly Dictionary<uint, RequestShares> _requests = [];
    private readonly Stack<RequestShares> _idle = new();
    private volatile ClientRegion[] _regions = [];
    private volatile int _requestCount;
    private volatile bool _isOver;
    private long _refusedAt;
    private bool _isRefused;
    private bool _isClosed;

    /// <summary>Creates the regions of a session; none is open yet.</summary>
    /// <param name="source">Opens and closes them on the host.</param>
    /// <param name="limits">What the host allows.</param>
    /// <param name="processId">The host's process, as the system names it here; -1 if unknown, which means no regions.</param>
    /// <param name="options">What the app allows.</param>
    public SessionRegions(IRegionSource source, HostLimits limits, long processId, EdgeHostClientOptions options)
    {
        _source = source;
        _limits = limits;
        _mostBytes = Math.Min(limits.MaxRegionBytes, options.RegionBytes);
        _processId = processId;
        _time = options.TimeProvider;
        ThresholdBytes = options.RegionThresholdBytes;
        _isOver = processId <= 0 || _mostBytes < SlotAllocator.Granularity || limits.MaxRegions < 1 || !OperatingSystem.IsLinux();
    }

    /// <summary>Binaries of at least this many bytes go through a region by themselves.</summary>
    public int ThresholdBytes { get; }

    /// <summary>Whether there are none, or none any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>Bytes of the regions that are open.</summary>
    public long OpenBytes => _regions.Sum(static region => (long)region.Memory.Bytes);

    /// <summary>Bytes of them that nobody has.</summary>
    public long FreeBytes => _regions.Sum(static region => region.FreeBytes);

    /// <summary>Takes a slot of a region that is open.</summary>
    public bool TryTake(int length, out RegionSlot slot)
    {
        foreach (var region in _regions)
        {
            if (region.TryTake(length, out slot)) return true;
        }

        slot = default;
        return false;
    }

    /// <summary>Takes a slot, opening a region for it if that is allowed.</summary>
    /// <returns>The slot; null if there is no room.</returns>
    public async ValueTask<RegionSlot?> TakeAsync(int length, CancellationToken cancellationToken)
    {
        if (TryTake(length, out var slot)) return slot;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever was before us may have made room enough.
            if (TryTake(length, out slot)) return slot;
            if (NextBytes(length) is not { } bytes) return null;
            await OpenAsync(bytes, cancellationToken).ConfigureAwait(false);
            return TryTake(length, out slot) ? slot : null;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Opens a region for requests to come; nobody waits for it.</summary>
    public void Grow(int length)
    {
        if (NextBytes(length) is null || !_opening.Wait(TimeSpan.Zero)) return;
        _ = GrowAsync(length);
    }

    /// <summary>Notes what a request uses, until <see cref="End"/>.</summary>
    public void Begin(uint id, RequestShares shares)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _requests[id] = shares;
                _requestCount = _requests.Count;
                return;
            }
        }

        shares.Release();
    }

    /// <summary>Gives an object for a request's shares, which comes back when the request has ended.</summary>
    public RequestShares Rent()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var shares) ? shares : new RequestShares();
        }
    }

    /// <summary>The host is done with a request, or never got it: what it used is free. Harmless for a request that used nothing.</summary>
    public void End(uint id)
    {
        if (_requestCount == 0) return;
        RequestShares? shares;
        lock (_gate)
        {
            if (!_requests.Remove(id, out shares)) return;
            _requestCount = _requests.Count;
        }

        shares.Release();
        lock (_gate)
        {
            if (_idle.Count < MostIdleShares) _idle.Push(shares);
        }
    }

    /// <summary>The session has ended: its regions go, each when the last buffer in it is disposed.</summary>
    public void Close()
    {
        ClientRegion[] regions;
        RequestShares[] requests;
        lock (_gate)
        {
            _isOver = _isClosed = true;
            regions = _regions;
            _regions = [];
            requests = [.. _requests.Values];
            _requests.Clear();
            _requestCount = 0;
        }

        foreach (var request in requests)
        {
            request.Release();
        }

        foreach (var region in regions)
        {
            region.Memory.Close();
        }
    }

    private async Task GrowAsync(int length)
    {
        try
        {
            if (NextBytes(length) is { } bytes) await OpenAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    // The size of the region to open for a slot of this length, or null if none may be opened.
    private int? NextBytes(int length)
    {
        lock (_gate)
        {
            if (_isOver || _regions.Length >= _limits.MaxRegions) return null;
            if (_isRefused && _time.GetElapsedTime(_refusedAt) < RetryAfterRefusal) return null;
            var left = Math.Min(_mostBytes - OpenBytes, MostBytes) / SlotAllocator.Granularity * SlotAllocator.Granularity;
            if (length > left) return null;
            var last = _regions.Length > 0 ? _regions[^1].Memory.Bytes : FirstBytes / 2;
            var wanted = Math.Max(2L * last, (long)BitOperations.RoundUpToPowerOf2((ulong)RoomForRequests * (uint)length));
            return (int)Math.Min(wanted, left);
        }
    }

    private async ValueTask OpenAsync(int bytes, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await _source.OpenAsync(bytes, cancellationToken).ConfigureAwait(false);
            if (TryAdd(opened)) return;

            // Another user, a container: this session has no regions.
            _isOver = true;
            await _source.CloseAsync(opened.Region).ConfigureAwait(false);
        }
        catch (EdgeHostException)
        {
            lock (_gate)
            {
                _isRefused = true;
                _refusedAt = _time.GetTimestamp();
            }
        }
    }

    private bool TryAdd(OpenRegionResponse opened)
    {
        if (opened.Bytes is < 1 or > MostBytes) return false;
        using var file = SharedMemoryFile.TryOpen(opened.Path, _processId, opened.Bytes);
        if (file is null) return false;
        var memory = new SharedRegion(opened.Region, (int)opened.Bytes, MemoryMapping.Of(file, opened.Bytes, isWritable: true), released: null);
        lock (_gate)
        {
            if (!_isOver)
            {
                _regions = [.. _regions, new ClientRegion(this, memory)];
                return true;
            }
        }

        memory.Close();
        return false;
    }
}
