namespace EdgeHost.Protocol.Frames;

/// <summary>Where a <see cref="FrameReader"/> gets bytes: a socket, or a test.</summary>
internal interface IByteSource
{
    /// <summary>What <see cref="Receive"/> returns when nothing came for as long as the source waits.</summary>
    const int Nothing = -1;

    /// <summary>Blocks until there is at least one byte.</summary>
    /// <param name="buffer">Where the bytes go; never empty.</param>
    /// <returns>How many there are; 0 at the end; <see cref="Nothing"/> if the source waits no longer, and may be asked again.</returns>
    int Receive(Span<byte> buffer);
}
