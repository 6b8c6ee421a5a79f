using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Protocol.Regions;
using EdgeHost.Serialization;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Ipc.Regions;

/// <summary>
/// The regions of one connection. Its reading thread alone opens, closes and looks them up, so that a request behind another sees what that one did; they go
/// with the connection, each when the last call that uses it has ended.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="budget">What all connections share.</param>
/// <param name="buffers">Where copies of whole bodies come from; null for new ones.</param>
internal sealed class ConnectionRegions(IpcOptions options, RegionBudget budget, LargeBufferPool? buffers) : IBinaryResolver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Entry> _open = [];
    private long _bytes;
    private int _mapped;

    /// <summary>Whether the host has regions at all.</summary>
    public static bool AreOffered(IpcOptions options)
        => options.MaxRegionsPerConnection > 0 && options.MaxConnectionRegionBytes > 0 && SharedMemoryFile.IsSupported;

    /// <summary>Opens a region.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: this host has none; <see cref="ErrorCode.ResourceExhausted"/>: a limit is reached.</exception>
    public OpenRegionResponse Open(OpenRegionRequest request)
    {
        if (!AreOffered(options))
        {
            throw new EdgeHostException(ErrorCode.Unimplemented, "This host has no shared-memory regions; send binaries in the request.");
        }

        var bytes = Reserve(request.Bytes);
        uint id = 0;
        try
        {
            id = budget.Take(bytes);
            return Map(id, bytes);
        }
        catch
        {
            if (id > 0) budget.Give(bytes);
            Unreserve(bytes);
            throw;
        }
    }

    /// <summary>Closes a region; calls under way keep it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: this connection has no such region.</exception>
    public void Close(uint id)
    {
        Entry entry;
        lock (_gate)
        {
            if (!_open.Remove(id, out entry)) throw new EdgeHostException(ErrorCode.NotFound, $"Region {id} is not open on this connection.");
        }

        entry.Close();
    }

    /// <summary>Closes all of them for good; calls under way keep theirs.</summary>
    public void CloseAll()
    {
        Entry[] entries;
        lock (_gate)
        {
            entries = [.. _open.Values];
            _open.Clear();
        }

        foreach (var entry in entries)
        {
            entry.Close();
        }
    }

    /// <summary>Checks every reference of a request's body and holds where they lead until the call ends.</summary>
    /// <param name="body">The body: well-formed.</param>
    /// <returns>The references, for the call to release; null if there are none.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: one leads nowhere, or they stand for more bytes than a frame may have.</exception>
    public CallReferences? Take(ReadOnlySpan<byte> body)
    {
        CallReferences? references = null;
        long bytes = body.Length;
        var walker = new ReferenceWalker(body);
        try
        {
            while (walker.MoveNext())
            {
                if (!TryFind(walker.Reference, out var region, out var problem)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The body {problem}.");
                bytes += walker.Reference.Length;
                if (bytes > options.MaxFrameBytes)
                {
                    throw new EdgeHostException(
                        ErrorCode.InvalidArgument, $"With its references the body has more than the {options.MaxFrameBytes} bytes that are allowed; send less at once.");
                }

                references ??= new CallReferences(buffers);
                references.Hold(region);
            }
        }
        catch
        {
            references?.Release();
            throw;
        }

        return references;
    }

    /// <summary>Follows a reference for whoever is done with it before the reading thread goes on.</summary>
    public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
    {
        binary = default;
        if (!BinaryReference.TryRead(reference, out var place))
        {
            problem = CallReferences.WrongSize(reference.Length);
            return false;
        }

        if (!TryFind(place, out var region, out problem)) return false;
        binary = CallReferences.Slice(region, place);
        return true;
    }

    private bool TryFind(in BinaryReference place, out SharedRegion region, out string? problem)
    {
        Entry entry;
        lock (_gate)
        {
            _open.TryGetValue(place.Region, out entry);
        }

        region = entry.Region;
        if (region is null)
        {
            problem = $"refers to region {place.Region}, which is not open on this connection";
            return false;
        }

        return CallReferences.IsWithin(region, place, out problem);
    }

    private OpenRegionResponse Map(uint id, int bytes)
    {
        var file = SharedMemoryFile.Create(bytes);
        try
        {
            var region = new SharedRegion(id, bytes, MemoryMapping.Of(file, bytes, isWritable: false), Returned);
            lock (_gate)
            {
                _open.Add(id, new Entry(region, file));
            }

            return new OpenRegionResponse(id, bytes, SharedMemoryFile.PathOf(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private int Reserve(long asked)
    {
        lock (_gate)
        {
            if (_mapped >= options.MaxRegionsPerConnection)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted, $"The connection has {_mapped} regions, as many as it may; close one with {HostMethods.CloseRegion}, and let the calls end that use it.");
            }

            var page = SharedMemoryFile.PageBytes;
            var left = options.MaxConnectionRegionBytes - _bytes;
            var bytes = asked > left ? long.MaxValue : (asked + page - 1) / page * page;
            if (bytes > left)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted,
                    $"The connection's regions have {_bytes} bytes of the {options.MaxConnectionRegionBytes} they may; {asked} more do not fit. Close one with {HostMethods.CloseRegion}, or ask for less.");
            }

            _bytes += bytes;
            _mapped++;
            return (int)bytes;
        }
    }

    private void Unreserve(int bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
            _mapped--;
        }
    }

    private void Returned(SharedRegion region)
    {
        Unreserve(region.Bytes);
        budget.Give(region.Bytes);
    }

    // The file is open for the client to open by its path; the mapping does without it.
    private readonly record struct Entry(SharedRegion Region, SafeFileHandle File)
    {
        public void Close()
        {
            File.Dispose();
            Region.Close();
        }
    }
}
