using EdgeHost.Protocol.Regions;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Regions;

/// <summary>
/// A region that the host opened for a session, and who has which part of it. Its memory stays mapped until the session has ended and the last slot
/// is given back. Thread-safe.
/// </summary>
/// <param name="owner">Whose it is: its id means something on that connection alone.</param>
/// <param name="memory">The mapping; owned from now on.</param>
internal sealed class ClientRegion(SessionRegions owner, SharedRegion memory)
{
    private readonly Lock _gate = new();
    private readonly SlotAllocator _slots = new(memory.Bytes);

    /// <summary>Whose it is.</summary>
    public SessionRegions Owner => owner;

    /// <summary>The memory.</summary>
    public SharedRegion Memory => memory;

    /// <summary>Bytes that nobody has.</summary>
    public long FreeBytes
    {
        get
        {
            lock (_gate)
            {
                return _slots.FreeBytes;
            }
        }
    }

    /// <summary>Takes a slot.</summary>
    public bool TryTake(int length, out RegionSlot slot)
    {
        slot = default;
        if (!memory.TryHold()) return false;
        int offset;
        bool isTaken;
        lock (_gate)
        {
            isTaken = _slots.TryTake(length, out offset);
        }

        if (isTaken) slot = new RegionSlot(this, offset, length);
        else memory.Release();
        return isTaken;
    }

    /// <summary>Gives a slot back, once.</summary>
    public void Give(in RegionSlot slot)
    {
        lock (_gate)
        {
            _slots.Give(slot.Offset, slot.Length);
        }

        memory.Release();
    }
}

/// <summary>A part of a region that one request or buffer has.</summary>
internal readonly record struct RegionSlot(ClientRegion Region, int Offset, int Length)
{
    /// <summary>The bytes.</summary>
    public Span<byte> Span => Region.Memory.GetSpan().Slice(Offset, Length);

    /// <summary>What stands for a part of it in a request.</summary>
    public BinaryReference Refer(int start, int length) => new(Region.Memory.Id, (ulong)(Offset + start), (uint)length);
}
