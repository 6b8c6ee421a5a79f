namespace EdgeHost.Learning.Preprocessing;

/// <summary>Decodes pictures; given by whoever has a decoder. Deterministic and thread-safe.</summary>
public interface IPictureDecoder
{
    /// <summary>Decodes the bytes of a file.</summary>
    /// <param name="file">The file; unchanged until the task is done, not kept.</param>
    /// <param name="leastWidth">
    /// Pixels that the picture is scaled to next; 0 if it is not. One that is larger may be decoded at a fraction of its size that is below neither this nor <paramref name="leastHeight"/>. The same
    /// numbers give the same pixels.
    /// </param>
    /// <param name="leastHeight">Likewise.</param>
    /// <param name="cancellationToken">Stops waiting for a turn; a decode that has begun ends.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: they are no picture, are damaged, or are too large; <see cref="ErrorCode.FailedPrecondition"/>: the device has no decoder that works.</exception>
    ValueTask<Picture> DecodeAsync(ReadOnlyMemory<byte> file, int leastWidth, int leastHeight, CancellationToken cancellationToken);
}
