using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>One rented block of native memory; its one owner disposes it.</summary>
internal sealed unsafe class PixelMemory : IDisposable
{
    private readonly PixelMemoryPool _pool;
    private Block? _block;

    internal PixelMemory(PixelMemoryPool pool, Block block, int length)
    {
        _pool = pool;
        _block = block;
        Length = length;
    }

    /// <summary>Bytes asked for.</summary>
    public int Length { get; }

    /// <summary>Where the memory starts; aligned to 64 bytes.</summary>
    public nint Address => (_block ?? throw new ObjectDisposedException(nameof(PixelMemory))).Address;

    /// <summary>The bytes. Valid until disposed.</summary>
    public Span<byte> Span => new((void*)Address, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _block, null) is { } block) _pool.Return(block);
    }

    /// <summary>An allocation that outlives its renters.</summary>
    internal sealed class Block
    {
        private const nuint Alignment = 64;

        private Block(nint address, long bytes)
        {
            Address = address;
            Bytes = bytes;
        }

        public nint Address { get; }

        public long Bytes { get; }

        public static Block Allocate(long bytes) => new((nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment), bytes);

        public void Free() => NativeMemory.AlignedFree((void*)Address);
    }
}
