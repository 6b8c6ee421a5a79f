namespace EdgeHost.Learning.Preprocessing;

/// <summary>Decodes pictures; given by whoever has a decoder. Deterministic and thread-safe.</summary>
public interface IPictureDecoder
{
    /// <summary>Decodes the bytes of a file.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: they are no picture.</exception>
    Picture Decode(ReadOnlySpan<byte> file);
}
