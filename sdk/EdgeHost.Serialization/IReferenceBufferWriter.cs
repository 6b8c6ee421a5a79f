using System.Buffers;

namespace EdgeHost.Serialization;

/// <summary>
/// A buffer writer that can take a large block by reference instead of by copy, so that a picture goes from the caller's array
/// to the socket without another copy in this process.
/// </summary>
public interface IReferenceBufferWriter : IBufferWriter<byte>
{
    /// <summary>Blocks of at least this many bytes are better appended by reference than copied.</summary>
    int ReferenceThresholdBytes { get; }

    /// <summary>Appends a block after everything that was advanced so far. The memory must stay unchanged until the frame is sent.</summary>
    /// <param name="block">The block.</param>
    void AppendReference(ReadOnlyMemory<byte> block);

    /// <summary>
    /// Places a block in memory that the reader shares, if there is such memory and room in it; nothing is appended. Asked for blocks of at
    /// least <see cref="ReferenceThresholdBytes"/>. By default there is none.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="reference">Where it is, to be written in place of the block.</param>
    /// <returns>Whether it was placed; if not, append the block.</returns>
    bool TryShare(ReadOnlyMemory<byte> block, out BinaryReference reference)
    {
        reference = default;
        return false;
    }
}
