using System.Globalization;

namespace EdgeHost.Wfdb;

/// <summary>
/// Reads the samples of a signal file in pieces, in physical units; values that the format reserves for "no sample" are NaN. At the end the samples are held
/// against the header's checksums. Not thread-safe; the stream stays the caller's.
/// </summary>
public sealed class WfdbSignalReader
{
    private const int BufferBytes = 3 * 4096;

    private readonly Stream _stream;
    private readonly WfdbHeader _header;
    private readonly WfdbSignal[] _signals;
    private readonly short[] _sums;
    private readonly WfdbFormat _format;
    private readonly int _missing;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _toSkip;
    private int _filled;
    private int _at;
    private int? _second;
    private bool _isChecked;
    private bool _isTorn;

    /// <param name="header">The record's header.</param>
    /// <param name="fileName">The signal file that the stream is of, as the header names it.</param>
    /// <param name="stream">Its bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the header has no such file, or one of two formats.</exception>
    public WfdbSignalReader(WfdbHeader header, string fileName, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(stream);
        (_header, _stream) = (header, stream);
        _signals = [.. header.Signals.Where(signal => signal.FileName == fileName && !signal.IsNull)];
        Require.That(_signals.Length > 0, $"The header has no signal in a file '{fileName}'.");
        Require.That(
            _signals.All(signal => (signal.Format, signal.ByteOffset) == (_signals[0].Format, _signals[0].ByteOffset)), $"The header gives the file '{fileName}' two formats.");
        (_format, _toSkip, _sums) = (_signals[0].Format, _signals[0].ByteOffset, new short[_signals.Length]);
        _missing = _format.Missing();
    }

    /// <summary>The signals of the file, in the order of a frame's samples.</summary>
    public IReadOnlyList<WfdbSignal> Signals => _signals;

    /// <summary>Frames read so far; a frame is one sample of each signal.</summary>
    public long Frames { get; private set; }

    /// <summary>Reads frames until the span is full or the record ends.</summary>
    /// <param name="frames">Room for whole frames: the samples of one instant beside each other.</param>
    /// <returns>How many frames were read; 0 at the end.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.DataLoss"/>: the file ends before the record does, or, at its end, its samples are not those that the checksum was made of.
    /// </exception>
    public int Read(Span<float> frames)
    {
        var count = 0;
        for (; (count + 1) * _signals.Length <= frames.Length && (_header.SampleCount is not { } all || Frames < all); count++)
        {
            for (var i = 0; i < _signals.Length; i++)
            {
                if (!_isTorn && Next() is { } value)
                {
                    _sums[i] = unchecked((short)(_sums[i] + value));
                    frames[(count * _signals.Length) + i] = value == _missing ? float.NaN : (float)(((double)value - _signals[i].Baseline) / _signals[i].Gain);
                    continue;
                }

                // What is whole is given first; the next call comes here again and says that there should be more.
                _isTorn |= i > 0;
                if (count > 0) return count;
                if (_isTorn || _header.SampleCount is not null)
                    throw new EdgeHostException(ErrorCode.DataLoss, $"The signal file ends after {Frames} of {_header.SampleCount?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} frames.");
                Check();
                return 0;
            }

            Frames++;
        }

        if (count == 0 && Frames == _header.SampleCount) Check();
        return count;
    }

    // Samples of each signal that the header has no checksum of, and the padding of format 212, are not held against anything.
    private void Check()
    {
        if (_isChecked) return;
        for (var i = 0; i < _signals.Length; i++)
        {
            if (_signals[i].Checksum is not { } expected || expected == _sums[i]) continue;
            throw new EdgeHostException(
                ErrorCode.DataLoss, $"The samples of '{_signals[i].Description}' in '{_signals[i].FileName}' have the checksum {_sums[i]}; the header says {expected}. The file is damaged, or of another record.");
        }

        _isChecked = true;
    }

    private int? Next()
    {
        if (_second is { } second)
        {
            _second = null;
            return second;
        }

        var length = _format.GroupBytes();
        if (_filled - _at < length) Fill();
        var left = _buffer.AsSpan(_at, _filled - _at);
        if (_format != WfdbFormat.Format212)
        {
            if (left.Length < length) return null;
            _at += length;
            return _format.Read(left);
        }

        // Two samples of twelve bits in three bytes; a file of an odd number of samples may end after the first two.
        if (left.Length < 2) return null;
        if (left.Length >= 3) _second = Signed12(left[2] | ((left[1] & 0xF0) << 4));
        _at += Math.Min(3, left.Length);
        return Signed12(left[0] | ((left[1] & 0x0F) << 8));
    }

    private static int Signed12(int value) => (value ^ 0x800) - 0x800;

    private void Fill()
    {
        do
        {
            var kept = _filled - _at;
            _buffer.AsSpan(_at, kept).CopyTo(_buffer);
            (_at, _filled) = (0, kept);
            while (_filled < _buffer.Length)
            {
                var read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
                if (read == 0) break;
                _filled += read;
            }

            var skipped = Math.Min(_toSkip, _filled);
            (_at, _toSkip) = (skipped, _toSkip - skipped);
        }
        while (_toSkip > 0 && _filled > 0);
    }
}
