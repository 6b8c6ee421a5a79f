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
}
