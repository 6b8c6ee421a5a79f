using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>
/// Reads the frames of a FLAC file as one channel: the mean of its channels. Each frame's checksum is verified. A file that was cut off ends with its last whole frame.
/// Not thread-safe.
/// </summary>
internal sealed class FlacSource : ISampleSource
{
    private const int ChecksumBytes = 2;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly FlacStream _stream;
    private float[] _mono = [];
    private long[] _samples = [];
    private int _position;
    private int _read;
    private int _filled;
    private long _done;

    internal FlacSource(ReadOnlyMemory<byte> bytes, int position, FlacStream stream) => (_bytes, _position, _stream) = (bytes, position, stream);

    public int SampleRate => _stream.SampleRate;

    public int Read(Span<float> samples)
    {
        if (_read == _filled && !TryDecodeFrame()) return 0;
        var count = Math.Min(samples.Length, _filled - _read);
        _mono.AsSpan(_read, count).CopyTo(samples);
        _read += count;
        return count;
    }

    private bool TryDecodeFrame()
    {
        var file = _bytes.Span;
        if (_position >= file.Length || _done >= _stream.Samples) return false;
        try
        {
            if (FrameHeader.Read(file, _position, _stream.Bits, out var end) is not { } header) throw Damaged("has no valid header");
            if (header.Channels != _stream.Channels) throw Damaged($"has {header.Channels} channels, the file {_stream.Channels}");
            if (_samples.Length < header.BlockSize * _stream.Channels) _samples = new long[header.BlockSize * _stream.Channels];
            var bits = new BitReader(file, end);
            for (var channel = 0; channel < _stream.Channels; channel++)
            {
                // The difference of two channels needs one bit more.
                var side = (header.Stereo, channel) is (StereoMode.LeftSide, 1) or (StereoMode.MidSide, 1) or (StereoMode.SideRight, 0) ? 1 : 0;
                if (!Subframe.TryDecode(ref bits, Block(header, channel), header.Bits + side)) throw Damaged("cannot be decoded");
            }

            var stop = bits.Position;
            if (stop + ChecksumBytes > file.Length) return End();
            if (BinaryPrimitives.ReadUInt16BigEndian(file[stop..]) != Checksums.Of16(file[_position..stop])) throw Damaged("does not have its checksum");
            _position = stop + ChecksumBytes;
            Mix(header);
            return true;
        }
        catch (EndOfStreamException)
        {
            return End();
        }
    }

    private Span<long> Block(FrameHeader header, int channel) => _samples.AsSpan(channel * header.BlockSize, header.BlockSize);

    private void Mix(FrameHeader header)
    {
        if (_mono.Length < header.BlockSize) _mono = new float[header.BlockSize];
        var first = Block(header, 0);
        var second = _stream.Channels > 1 ? Block(header, 1) : default;
        var scale = 1.0 / (Math.ScaleB(1, header.Bits - 1) * _stream.Channels);
        for (var i = 0; i < header.BlockSize; i++)
        {
            // Of joined channels only the sum is wanted: left + right.
            var sum = header.Stereo switch
            {
                StereoMode.LeftSide => (2 * first[i]) - second[i],
                StereoMode.SideRight => first[i] + (2 * second[i]),
                StereoMode.MidSide => (2 * first[i]) | (second[i] & 1),
                _ => Sum(header, i),
            };
            _mono[i] = (float)Math.Clamp(sum * scale, -1, 1);
        }

        (_read, _filled) = (0, header.BlockSize);
        _done += header.BlockSize;
    }

    private long Sum(FrameHeader header, int at)
    {
        long sum = 0;
        for (var channel = 0; channel < _stream.Channels; channel++) sum += _samples[(channel * header.BlockSize) + at];
        return sum;
    }

    private bool End()
    {
        _position = _bytes.Length;
        return false;
    }

    private EdgeHostException Damaged(string how)
        => FlacFile.Bad(FormattableString.Invariant($"its frame at {(double)_done / SampleRate:0.###} s {how}"));
}
