using System.Buffers;
using EdgeHost.Client.Regions;

namespace EdgeHost.Client;

/// <summary>
/// Memory to produce a picture, a sound or other large binary in, which the host then reads in place: give <see cref="Memory"/>, or a part of it, as the
/// binary of a request, and not a byte of it is copied. One buffer may serve any number of calls, also at the same time, and outlives a lost
/// connection: from then on its bytes are sent like any others. Members are thread-safe; the bytes are the app's to guard.
/// </summary>
/// <remarks>
/// Obtained from <see cref="EdgeHostClient.RentBufferAsync"/>; whoever rented it disposes it. Disposing twice is harmless, also while calls use it: their
/// memory stays until they are answered. One that is forgotten keeps its part of the shared memory until the connection ends.
/// </remarks>
public sealed class SharedBuffer : IMemoryOwner<byte>
{
    private readonly BufferMemory _memory;

    internal SharedBuffer(BufferMemory memory) => _memory = memory;

    /// <summary>Its length in bytes, as it was asked for.</summary>
    public int Length => _memory.Length;

    /// <summary>
    /// Whether calls read it in place. False where there are no regions (another platform, a host without them, no room) and after the connection that
    /// it was rented on has ended: its bytes are then copied on their way, and everything else is the same.
    /// </summary>
    public bool IsShared => _memory.Slot is { } slot && !slot.Region.Owner.IsOver;

    /// <summary>
    /// The bytes, of any content at first. While a call uses them they must not change: the host reads them where they are. Valid until
    /// disposal, and for calls under way until they are answered.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Memory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.IsDisposed, this);
            return _memory.Memory;
        }
    }

    /// <summary>The bytes of <see cref="Memory"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public Span<byte> Span => Memory.Span;

    /// <summary>Gives the memory back once no call uses it.</summary>
    public void Dispose() => _memory.Close();
}
