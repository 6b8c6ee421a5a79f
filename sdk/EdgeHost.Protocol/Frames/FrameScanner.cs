using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Frames;

/// <summary>
/// Finds where a self-delimiting MessagePack value ends, in pieces as they arrive: no recursion, no allocation, no byte looked at
/// twice, payloads of strings, binaries and extensions skipped in one step. It checks every claim (length, count, depth) against
/// the limits before anybody allocates for it. For one thread.
/// </summary>
internal sealed class FrameScanner
{
    private readonly int[] _open;
    private readonly int _maxBytes;
    private int _depth;
    private long _pending;
    private long _position;
    private long _skip;
    private int _lengthBytes;
    private uint _length;
    private byte _tag;

    /// <summary>Creates a scanner at the start of a value.</summary>
    /// <param name="maxBytes">Most bytes of a value.</param>
    /// <param name="maxDepth">Most maps and arrays inside one another.</param>
    public FrameScanner(int maxBytes, int maxDepth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDepth, 1);
        _maxBytes = maxBytes;
        _open = new int[maxDepth];
        Reset();
    }

    /// <summary>Whether some but not all bytes of a value were seen.</summary>
    public bool IsInside => _position > 0;

    /// <summary>Whether the value so far has an extension value of the size of a reference into a region.</summary>
    public bool HasReferences { get; private set; }

    /// <summary>Bytes that must still come, at least: exact once the last header of the value was seen.</summary>
    public int MinimumRemaining => (int)(_skip + _lengthBytes + _pending - (_skip > 0 || _lengthBytes > 0 ? 1 : 0));

    /// <summary>Goes back to the start of a value.</summary>
    public void Reset()
    {
        _depth = 0;
        _pending = 1;
        _position = 0;
        _skip = 0;
        _lengthBytes = 0;
        HasReferences = false;
    }

    /// <summary>Looks at the next bytes.</summary>
    /// <param name="bytes">What follows the bytes already consumed.</param>
    /// <param name="consumed">How many of them belong to the value; all unless it is complete.</param>
    /// <returns>Whether the value is complete; call <see cref="Reset"/> before the next one.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not MessagePack, or beyond a limit.</exception>
    public bool Consume(ReadOnlySpan<byte> bytes, out int consumed)
    {
        var i = 0;
        while (i < bytes.Length)
        {
            bool complete;
            if (_skip > 0)
            {
                var taken = (int)Math.Min(_skip, bytes.Length - i);
                i += taken;
                _skip -= taken;
                _position += taken;
                complete = _skip == 0 && CloseValue();
            }
            else if (_lengthBytes > 0)
            {
                _length = (_length << 8) | bytes[i++];
                _position++;
                complete = --_lengthBytes == 0 && ApplyLength();
            }
            else
            {
                _position++;
                complete = OpenValue(bytes[i++]);
            }

            if (complete)
            {
                consumed = i;
                return true;
            }
        }

        consumed = i;
        return false;
    }

    private bool OpenValue(byte tag) => tag switch
    {
        <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3 => CloseValue(),
        <= 0x8f => Contain(2L * (tag & 0x0f)),
        <= 0x9f => Contain(tag & 0x0f),
        <= 0xbf => Carry(tag & 0x1f),
        0xc1 => throw new EdgeHostException(ErrorCode.InvalidArgument, "The frame is not MessagePack: it has the reserved byte 0xc1."),
        0xcc or 0xd0 => Carry(1),
        0xcd or 0xd1 or 0xd4 => Carry(2),
        0xca or 0xce or 0xd2 => Carry(4),
        0xcb or 0xcf or 0xd3 => Carry(8),
        0xd5 => Carry(3),
        0xd6 => Carry(5),
        0xd7 => Carry(9),
        0xd8 => CarryExtension(16),
        0xc4 or 0xc7 or 0xd9 => AwaitLength(tag, 1),
        0xc5 or 0xc8 or 0xda or 0xdc or 0xde => AwaitLength(tag, 2),
        _ => AwaitLength(tag, 4),
    };

    private bool AwaitLength(byte tag, int lengthBytes)
    {
        _tag = tag;
        _length = 0;
        _lengthBytes = lengthBytes;
        CheckLength();
        return false;
    }

    private bool ApplyLength() => _tag switch
    {
        0xdc or 0xdd => Contain(_length),
        0xde or 0xdf => Contain(2L * _length),
        0xc7 or 0xc8 or 0xc9 => CarryExtension(_length),
        _ => Carry(_length),
    };

    private bool CarryExtension(long payload)
    {
        if (payload == BinaryReference.PayloadBytes) HasReferences = true;
        return Carry(payload + 1);
    }

    private bool Carry(long payload)
    {
        if (payload == 0) return CloseValue();
        if (_position + payload + _pending - 1 > _maxBytes) throw TooLong();
        _skip = payload;
        return false;
    }

    private bool Contain(long values)
    {
        if (values == 0) return CloseValue();
        if (_position + values + _pending - 1 > _maxBytes) throw TooLong();
        if (_depth == _open.Length)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The frame is nested deeper than {_open.Length} levels.");
        }

        _open[_depth++] = (int)values;
        _pending += values - 1;
        return false;
    }

    private bool CloseValue()
    {
        if (_position + _pending - 1 > _maxBytes) throw TooLong();
        _pending--;
        while (_depth > 0)
        {
            if (--_open[_depth - 1] > 0) return false;
            _depth--;
        }

        return true;
    }

    private void CheckLength()
    {
        if (_position + _lengthBytes + _pending - 1 > _maxBytes) throw TooLong();
    }

    private EdgeHostException TooLong()
        => new(ErrorCode.InvalidArgument, $"The frame claims more than the {_maxBytes} bytes that are allowed; send less at once.");
}
