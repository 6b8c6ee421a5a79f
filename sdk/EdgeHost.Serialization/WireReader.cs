using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace EdgeHost.Serialization;

/// <summary>
/// Reads MessagePack from one contiguous block of untrusted bytes. Every failure is an <see cref="EdgeHostException"/> with
/// <see cref="ErrorCode.InvalidArgument"/> that names the field by its path. A stack-only type for one thread.
/// </summary>
public ref partial struct WireReader
{
    /// <summary>Maps and arrays may be nested this deep.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly IBinaryResolver? _resolver;
    private MessagePackReader _reader;
    private WirePath _path;
    private int _depth;

    /// <summary>Creates a reader.</summary>
    /// <param name="bytes">The bytes; binaries are returned as views of them.</param>
    public WireReader(ReadOnlyMemory<byte> bytes)
        : this(bytes, resolver: null)
    {
    }

    /// <summary>Creates a reader that follows references.</summary>
    /// <param name="bytes">The bytes; binaries are returned as views of them.</param>
    /// <param name="resolver">Follows the references that stand where binaries are expected; null to refuse them.</param>
    public WireReader(ReadOnlyMemory<byte> bytes, IBinaryResolver? resolver)
    {
        _bytes = bytes;
        _resolver = resolver;
        _reader = new MessagePackReader(bytes);
    }

    /// <summary>Whether binaries and raw values are returned in memory of their own, so that the bytes may go back to their pool; by default they are views.</summary>
    public bool CopiesBinaries { get; init; }

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool End => _reader.End;

    /// <summary>Bytes read so far.</summary>
    public readonly long Consumed => _reader.Consumed;

    /// <summary>The kind of the next value.</summary>
    /// <exception cref="EdgeHostException">No byte is left.</exception>
    public MessagePackType NextType => _reader.End ? throw Truncated() : _reader.NextMessagePackType;

    /// <summary>Enters a map and returns its number of pairs, which is never more than the bytes left. Pair with <see cref="Leave"/>.</summary>
    /// <param name="maxLength">Most pairs allowed.</param>
    public int EnterMap(int maxLength = int.MaxValue)
    {
        Expect(MessagePackType.Map, "a map");
        Deepen();
        int count;
        try
        {
            count = _reader.ReadMapHeader();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }

        return count <= maxLength ? count : throw Invalid($"has {count} entries, more than {maxLength}");
    }

    /// <summary>Enters an array and returns its number of values, which is never more than the bytes left. Pair with <see cref="Leave"/>.</summary>
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
        var type = NextType;
        return type == MessagePackType.String ? ReadSpan() : throw Invalid($"has a key that is {Describe(type)}; keys are strings");
    }

    /// <summary>Reads a key of a map whose keys are not known beforehand.</summary>
    public string ReadName()
    {
        var utf8 = ReadKey();
        return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw Invalid("has a key that is not valid UTF-8");
    }

    /// <summary>Reads text as UTF-8, unchecked; a view of the input.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        Expect(MessagePackType.String, "a string");
        return ReadSpan();
    }

    /// <summary>Reads text, which must be valid UTF-8.</summary>
    /// <param name="maxLength">Most UTF-16 characters allowed.</param>
    public string ReadString(int maxLength = int.MaxValue)
    {
        var utf8 = ReadUtf8();
        if (!Utf8.IsValid(utf8)) throw Invalid("is not valid UTF-8");

        // Counted before anything is allocated. A character takes at least a third of its UTF-8 bytes' number.
        if (utf8.Length > maxLength)
        {
            var length = Encoding.UTF8.GetCharCount(utf8);
            if (length > maxLength) throw Invalid($"has {length} characters, more than {maxLength}");
        }

        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>
    /// Reads a binary as a view of the input: valid as long as the memory the reader was made over. A reference is followed if the reader has a
    /// resolver; the bytes are then where it leads, valid as long as the resolver says, and may change while they are read.
    /// </summary>
    /// <param name="maxLength">Most bytes allowed.</param>
    public ReadOnlyMemory<byte> ReadBinary(int maxLength = int.MaxValue)
    {
        if (_resolver is not null && NextType == MessagePackType.Extension) return FollowReference(_resolver, maxLength);
        Expect(MessagePackType.Binary, "binary data");
        try
        {
            var length = (int)(_reader.ReadBytes()?.Length ?? 0);
            if (length > maxLength) throw Invalid($"has {length} bytes, more than {maxLength}");
            return Give((int)_reader.Consumed - length, length);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads a value of a MessagePack extension type as a view of the input.</summary>
    /// <param name="type">Its type code, -128 to 127.</param>
    public ReadOnlyMemory<byte> ReadExtension(out sbyte type)
    {
        Expect(MessagePackType.Extension, "an extension value");
        try
        {
            var header = _reader.ReadExtensionFormatHeader();
            type = header.TypeCode;
            var length = (int)header.Length;
            var start = (int)_reader.Consumed;
            _ = _reader.ReadRaw(length);
            return Give(start, length);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads a nested message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public T ReadMessage<T>()
        where T : IWireMessage<T>
        => T.Read(ref this);

    /// <summary>Consumes a nil if one is next.</summary>
    public bool TryReadNil() => !_reader.End && _reader.TryReadNil();

    /// <summary>Reads a boolean.</summary>
    public bool ReadBoolean()
    {
        Expect(MessagePackType.Boolean, "a boolean");
        return _reader.ReadBoolean();
    }

    /// <summary>Reads one value of any kind as the MessagePack bytes it is made of; a view of the input.</summary>
    public ReadOnlyMemory<byte> ReadRaw()
    {
        var start = (int)_reader.Consumed;
        Skip();
        return Give(start, (int)_reader.Consumed - start);
    }

    /// <summary>Skips one value of any kind. Uses the same stack however deep the value is nested.</summary>
    public void Skip()
    {
        if (NextType is MessagePackType.Array or MessagePackType.Map)
        {
            SkipContainer();
            return;
        }

        try
        {
            _reader.Skip();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    // Apart, since its counts must be cleared at every call.
    private void SkipContainer()
    {
        Span<long> left = stackalloc long[MaxDepth];
        var level = 0;
        while (true)
        {
            var type = NextType;
            long children = 0;
            try
            {
                if (type == MessagePackType.Array) children = _reader.ReadArrayHeader();
                else if (type == MessagePackType.Map) children = 2L * _reader.ReadMapHeader();
                else _reader.Skip();
            }
            catch (Exception e) when (IsMalformed(e))
            {
                throw Malformed(e);
            }

            if (type is MessagePackType.Array or MessagePackType.Map && _depth + level >= MaxDepth) throw TooDeep();
            if (children > 0)
            {
                left[level++] = children;
                continue;
            }

            while (level > 0 && --left[level - 1] == 0) level--;
            if (level == 0) return;
        }
    }

    private ReadOnlyMemory<byte> FollowReference(IBinaryResolver resolver, int maxLength)
    {
        var payload = ReadExtension(out var type);
        if (type != BinaryReference.ExtensionType) throw Invalid($"is an extension value of type {type}; expected binary data");
        if (!resolver.TryResolve(payload.Span, out var binary, out var problem)) throw Invalid(problem ?? "leads nowhere");
        return binary.Length <= maxLength ? binary : throw Invalid($"has {binary.Length} bytes, more than {maxLength}");
    }

    private readonly ReadOnlyMemory<byte> Give(int start, int length)
    {
        var view = _bytes.Slice(start, length);
        return CopiesBinaries ? view.ToArray() : view;
    }

    private ReadOnlySpan<byte> ReadSpan()
    {
        try
        {
            return _reader.TryReadStringSpan(out var span) ? span : throw Malformed(null);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    private void Expect(MessagePackType expected, string description)
    {
        var actual = NextType;
        if (actual != expected) throw Invalid($"is {Describe(actual)}; expected {description}");
    }

    private void Deepen()
    {
        if (++_depth > MaxDepth) throw TooDeep();
    }
}
