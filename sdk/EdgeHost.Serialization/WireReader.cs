using System.Buffers;
using MessagePack;

namespace EdgeHost.Serialization;

/// <summary>
/// Reads MessagePack from one contiguous block of untrusted bytes. Every failure is an <see cref="EdgeHostException"/> with
/// <see cref="ErrorCode.InvalidArgument"/> that names the field by its path. A stack-only type for one thread.
/// </summary>
public ref struct WireReader
{
    /// <summary>Maps and arrays may be nested this deep.</summary>
    public const int MaxDepth = 64;

    private MessagePackReader _reader;
    private WirePath _path;
    private int _depth;

    /// <summary>Creates a reader.</summary>
    /// <param name="bytes">The bytes; binaries are returned as views of them.</param>
    public WireReader(ReadOnlyMemory<byte> bytes) => _reader = new MessagePackReader(bytes);

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool End => _reader.End;

    /// <summary>Bytes read so far.</summary>
    public readonly long Consumed => _reader.Consumed;

    /// <summary>The kind of the next value.</summary>
    public MessagePackType NextType => _reader.End ? throw Truncated() : _reader.NextMessagePackType;

    /// <summary>Enters a map and returns its number of pairs. Pair with <see cref="Leave"/>.</summary>
    public int EnterMap()
    {
        Expect(MessagePackType.Map, "a map");
        Deepen();
        try
        {
            return _reader.ReadMapHeader();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Enters an array and returns its number of values. Pair with <see cref="Leave"/>.</summary>
    /// <param name="maxLength">Longest array allowed.</param>
    public int EnterArray(int maxLength = int.MaxValue)
    {
        Expect(MessagePackType.Array, "an array");
        Deepen();
        int count;
        try
        {
            count = _reader.ReadArrayHeader();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }

        return count <= maxLength ? count : throw Invalid($"has {count} items, more than {maxLength}");
    }

    /// <summary>Leaves a map or array.</summary>
    public void Leave() => _depth--;

    /// <summary>Reads a key of a map as UTF-8; a view of the input.</summary>
    public ReadOnlySpan<byte> ReadKey()
    {
        if (NextType != MessagePackType.String) throw Invalid($"has a key that is {Describe(NextType)}; keys are strings");
        try
        {
            return _reader.TryReadStringSpan(out var span) ? span : throw Malformed(null);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Names the field that is read next, for error messages. Pair with <see cref="PopField"/>.</summary>
    public void PushField(string name) => _path.Push(name);

    /// <summary>Ends the field named by the last <see cref="PushField"/>.</summary>
    public void PopField() => _path.Pop();

    /// <summary>Consumes a nil if one is next.</summary>
    public bool TryReadNil() => !_reader.End && _reader.TryReadNil();

    /// <summary>Skips one value of any kind.</summary>
    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads a boolean.</summary>
    public bool ReadBoolean()
    {
        Expect(MessagePackType.Boolean, "a boolean");
        return _reader.ReadBoolean();
    }

    /// <summary>Reads an integer; a float with an integral value is taken too, as some languages have no other number.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public long ReadInt64(long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        long value;
        try
        {
            value = NextType switch
            {
                MessagePackType.Integer => _reader.ReadInt64(),
                MessagePackType.Float => FromDouble(_reader.ReadDouble()),
                var other => throw Invalid($"is {Describe(other)}; expected an integer"),
            };
        }
        catch (OverflowException)
        {
            throw Invalid("is outside the range of a 64-bit integer");
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }

        return value >= minimum && value <= maximum
            ? value
            : throw Invalid($"is {value}; allowed are {minimum} to {maximum}");
    }

    /// <summary>Reads a finite number, integer or float.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public double ReadDouble(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        double value;
        try
        {
            value = NextType is MessagePackType.Float or MessagePackType.Integer
                ? _reader.ReadDouble()
                : throw Invalid($"is {Describe(NextType)}; expected a number");
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }

        if (!double.IsFinite(value)) throw Invalid("is not a finite number");
        return value >= minimum && value <= maximum
            ? value
            : throw Invalid($"is {value}; allowed are {minimum} to {maximum}");
    }

    /// <summary>Reads text.</summary>
    /// <param name="maxLength">Most UTF-16 characters allowed.</param>
    public string ReadString(int maxLength = int.MaxValue)
    {
        Expect(MessagePackType.String, "a string");
        try
        {
            var value = _reader.ReadString() ?? string.Empty;
            return value.Length <= maxLength
                ? value
                : throw Invalid($"has {value.Length} characters, more than {maxLength}");
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads a binary as a view of the input: valid as long as the memory the reader was made over.</summary>
    /// <param name="maxLength">Most bytes allowed.</param>
    public ReadOnlyMemory<byte> ReadBinary(int maxLength = int.MaxValue)
    {
        Expect(MessagePackType.Binary, "binary data");
        try
        {
            var sequence = _reader.ReadBytes() ?? ReadOnlySequence<byte>.Empty;
            if (sequence.Length > maxLength) throw Invalid($"has {sequence.Length} bytes, more than {maxLength}");
            return sequence.IsSingleSegment ? sequence.First : sequence.ToArray();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads one value of any kind as the MessagePack bytes it is made of; a view of the input.</summary>
    public ReadOnlyMemory<byte> ReadRaw()
    {
        try
        {
            var sequence = _reader.ReadRaw();
            return sequence.IsSingleSegment ? sequence.First : sequence.ToArray();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> about the field being read.</summary>
    /// <param name="problem">What is wrong, as the rest of a sentence that starts with the field's name.</param>
    public readonly EdgeHostException Invalid(string problem)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} {problem}.");

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> that says a required field is missing.</summary>
    /// <param name="name">The key that is missing from the map being read.</param>
    public readonly EdgeHostException Missing(string name)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} lacks the required field '{name}'.");

    private static long FromDouble(double value)
        => value is >= -9007199254740992 and <= 9007199254740992 && Math.Floor(value) == value
            ? (long)value
            : throw new OverflowException();

    private static bool IsMalformed(Exception e)
        => e is MessagePackSerializationException or EndOfStreamException or OverflowException or InsufficientExecutionStackException;

    private static string Describe(MessagePackType type) => type switch
    {
        MessagePackType.Nil => "nil",
        MessagePackType.Boolean => "a boolean",
        MessagePackType.Integer => "an integer",
        MessagePackType.Float => "a float",
        MessagePackType.String => "a string",
        MessagePackType.Binary => "binary data",
        MessagePackType.Array => "an array",
        MessagePackType.Map => "a map",
        MessagePackType.Extension => "an extension value",
        _ => "not a MessagePack value",
    };

    private void Expect(MessagePackType expected, string description)
    {
        var actual = NextType;
        if (actual != expected) throw Invalid($"is {Describe(actual)}; expected {description}");
    }

    private void Deepen()
    {
        if (++_depth > MaxDepth) throw Invalid($"is nested deeper than {MaxDepth} levels");
    }

    private readonly EdgeHostException Truncated()
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} ends before its value is complete.");

    private readonly EdgeHostException Malformed(Exception? cause)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} is not well-formed MessagePack.", cause);
}
