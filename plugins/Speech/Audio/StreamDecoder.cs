namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>Turns raw samples that come piece by piece into one channel of <see cref="AudioReader.SpeechRate"/> samples a second. Pieces may end within a sample. Not thread-safe.</summary>
/// <param name="format">What comes.</param>
internal sealed class StreamDecoder(PcmFormat format)
{
    private const int BlockFrames = 4096;
    private readonly Resampler _resampler = new(format.SampleRate, AudioReader.SpeechRate);
    private readonly byte[] _begun = new byte[format.FrameBytes];
    private readonly float[] _block = new float[BlockFrames];
    private int _begunBytes;
    private long _frames;

    /// <summary>How much has come, in milliseconds.</summary>
    public long DurationMs => _frames * 1000 / format.SampleRate;

    /// <summary>Takes the beginning of a piece, so that what waits to be heard is short however long the piece is.</summary>
    /// <param name="bytes">Any number of bytes; what is left of them afterwards.</param>
    /// <param name="output">Takes the samples that are ready, those of at most 4096 frames.</param>
    /// <returns>False: nothing was left to take.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a float is no finite number.</exception>
    public bool TryPush(ref ReadOnlyMemory<byte> bytes, SampleQueue output)
    {
        if (bytes.IsEmpty) return false;
        if (_begunBytes > 0 || bytes.Length < format.FrameBytes)
        {
            var missing = Math.Min(format.FrameBytes - _begunBytes, bytes.Length);
            bytes.Span[..missing].CopyTo(_begun.AsSpan(_begunBytes));
            _begunBytes += missing;
            bytes = bytes[missing..];
            if (_begunBytes < format.FrameBytes) return true;
            _begunBytes = 0;
            Decode(_begun, 1, output);
            return true;
        }

        var frames = Math.Min(BlockFrames, bytes.Length / format.FrameBytes);
        Decode(bytes.Span, frames, output);
        bytes = bytes[(frames * format.FrameBytes)..];
        return true;
    }

    /// <summary>Gives what was held back when no more comes.</summary>
    /// <param name="output">Takes it.</param>
    public void Finish(SampleQueue output) => _resampler.Finish(output);

    private void Decode(ReadOnlySpan<byte> bytes, int frames, SampleQueue output)
    {
        PcmDecoder.Decode(bytes, format, _block.AsSpan(0, frames), _frames);
        _frames += frames;
        _resampler.Push(_block.AsSpan(0, frames), output);
    }
}
