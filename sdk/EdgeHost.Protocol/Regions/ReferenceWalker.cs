using System.Buffers.Binary;
using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Regions;

/// <summary>Finds the references of a body, one after another, without looking into payloads. A stack-only type.</summary>
/// <param name="body">Well-formed MessagePack.</param>
internal ref struct ReferenceWalker(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private int _position;

    /// <summary>The reference found last.</summary>
    public BinaryReference Reference { get; private set; }

    /// <summary>Where its MessagePack value begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where its MessagePack value ends.</summary>
    public int End { get; private set; }

    /// <summary>Finds the next reference.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_position < _body.Length)
        {
            var start = _position;
            var (header, payload, isExtension) = Measure(_body[start..]);
            _position = (int)Math.Min(start + header + payload, _body.Length);
            if (!isExtension || payload != BinaryReference.PayloadBytes) continue;
            if ((sbyte)_body[start + header - 1] != BinaryReference.ExtensionType) continue;
            if (!BinaryReference.TryRead(_body[(start + header).._position], out var reference)) continue;
            Reference = reference;
            Start = start;
            End = _position;
            return true;
        }

        return false;
    }

    // A map or an array is a header alone here: what is in it comes next.
    private static (int Header, long Payload, bool IsExtension) Measure(ReadOnlySpan<byte> value)
    {
        var tag = value[0];
        return tag switch
        {
            >= 0xa0 and <= 0xbf => (1, tag & 0x1f, false),
            0xc4 or 0xd9 => (2, value[1], false),
            0xc5 or 0xda => (3, BinaryPrimitives.ReadUInt16BigEndian(value[1..]), false),
            0xc6 or 0xdb => (5, BinaryPrimitives.ReadUInt32BigEndian(value[1..]), false),
            0xc7 => (3, value[1], true),
            0xc8 => (4, BinaryPrimitives.ReadUInt16BigEndian(value[1..]), true),
            0xc9 => (6, BinaryPrimitives.ReadUInt32BigEndian(value[1..]), true),
            0xd4 => (2, 1, true),
            0xd5 => (2, 2, true),
            0xd6 => (2, 4, true),
            0xd7 => (2, 8, true),
            0xd8 => (2, 16, true),
            0xcc or 0xd0 => (2, 0, false),
            0xcd or 0xd1 or 0xdc or 0xde => (3, 0, false),
            0xca or 0xce or 0xd2 or 0xdd or 0xdf => (5, 0, false),
            0xcb or 0xcf or 0xd3 => (9, 0, false),
            _ => (1, 0, false),
        };
    }
}
