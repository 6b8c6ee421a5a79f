using System.Runtime.InteropServices;
using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Regions;

/// <summary>What one request has in shared memory: slots that its binaries were copied to, and buffers of the app. For one thread at a time.</summary>
internal sealed class RequestShares : IBlockSharer
{
    private readonly List<RegionSlot> _slots = [];
    private readonly List<BufferMemory> _buffers = [];
    private SessionRegions? _regions;

    /// <summary>Bytes that references of the request stand for.</summary>
    public long SharedBytes { get; private set; }

    /// <summary>Whether there is nothing to release.</summary>
    public bool IsEmpty => _slots.Count == 0 && _buffers.Count == 0;

    /// <summary>Begins a request of a session, or of none until the next time; there must be nothing to release.</summary>
    public void Reset(SessionRegions? regions)
    {
        _regions = regions;
        SharedBytes = 0;
    }

    /// <inheritdoc/>
    public bool TryShare(ReadOnlyMemory<byte> block, out BinaryReference reference)
    {
        var regions = _regions!;
        if (MemoryMarshal.TryGetMemoryManager<byte, BufferMemory>(block, out var buffer, out var start, out var length))
        {
            // Also where the bytes go over the socket: the app may dispose the buffer before they are sent.
            buffer.Hold();
            _buffers.Add(buffer);
            if (buffer.Slot is { } own && ReferenceEquals(own.Region.Owner, regions))
            {
                reference = own.Refer(start, length);
                SharedBytes += length;
                return true;
            }
        }

        reference = default;
        if (block.Length < regions.ThresholdBytes || regions.IsOver) return false;
        if (!regions.TryTake(block.Length, out var slot))
        {
            regions.Grow(block.Length);
            return false;
        }

        _slots.Add(slot);
        block.Span.CopyTo(slot.Span);
        reference = slot.Refer(0, block.Length);
        SharedBytes += block.Length;
        return true;
    }

    /// <summary>Gives everything back.</summary>
    public void Release()
    {
        foreach (var slot in _slots)
        {
            slot.Region.Give(slot);
        }

        foreach (var buffer in _buffers)
        {
            buffer.Release();
        }

        _slots.Clear();
        _buffers.Clear();
    }
}
