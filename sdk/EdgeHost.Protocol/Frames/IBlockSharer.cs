using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Frames;

/// <summary>Places the large binaries of one frame in shared memory.</summary>
internal interface IBlockSharer
{
    /// <summary>Places a block, if there is room.</summary>
    /// <param name="block">The block.</param>
    /// <param name="reference">Where it is.</param>
    /// <returns>Whether it was placed.</returns>
    bool TryShare(ReadOnlyMemory<byte> block, out BinaryReference reference);
}
