namespace EdgeHost.Protocol.Frames;

/// <summary>Where a <see cref="FrameReader"/> gets bytes: a socket, or a test.</summary>
internal interface IByteSource
{
    /// <summary>Blocks until there is at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; never empty.</param>
    /// <returns>How many there are; 0 at the end.</returns>
    int Receive(Span<byte> buffer);
}
