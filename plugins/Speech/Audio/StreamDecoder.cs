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

    /// <summary>Takes a piece.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="output">Takes the samples that are ready.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a float is no finite number.</exception>
    public void Push(ReadOnlySpan<byte> bytes, SampleQueue output)
    {
        if (_begunBytes > 0)
        {
            var missing = Math.Min(format.FrameBytes - _begunBytes, bytes.Length);
            bytes[..missing].CopyTo(_begun.AsSpan(_begunBytes));
            _begunBytes += missing;
            bytes = bytes[missing..];
            if (_begunBytes < format.FrameBytes) return;
            _begunBytes = 0;
            Decode(_begun, 1, output);
        }

        while (bytes.Length >= format.FrameBytes)
        {
            var frames = Math.Min(BlockFrames, bytes.Length / format.FrameBytes);
            Decode(bytes, frames, output);
            bytes = bytes[(frames * format.FrameBytes)..];
        }

        bytes.CopyTo(_begun);
        _begunBytes = bytes.Length;
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
