using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.Learning.Examples;

/// <summary>Somebody did something with something, for recommendations.</summary>
/// <param name="User">Who, in the app's words.</param>
/// <param name="Item">With what, in the app's words.</param>
/// <param name="Weight">How much it says, for example 1 for a click and 5 for a purchase; finite.</param>
/// <param name="Time">When, to the millisecond.</param>
public sealed record Interaction(string User, string Item, double Weight, DateTimeOffset Time)
{
    private const int FixedBytes = 16;

    /// <summary>The content of its example: weight and time, eight bytes each, then user and item around a zero.</summary>
    public byte[] Encode()
    {
        var content = new byte[FixedBytes + Encoding.UTF8.GetByteCount(User) + 1 + Encoding.UTF8.GetByteCount(Item)];
        BinaryPrimitives.WriteDoubleLittleEndian(content, Weight);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(8), Time.ToUnixTimeMilliseconds());
        var end = FixedBytes + Encoding.UTF8.GetBytes(User, content.AsSpan(FixedBytes));
        Encoding.UTF8.GetBytes(Item, content.AsSpan(end + 1));
        return content;
    }

    /// <summary>Reads the content of an example.</summary>
    /// <exception cref="InvalidDataException">It is not one of an interaction.</exception>
    public static Interaction Decode(ReadOnlySpan<byte> content)
    {
        var separator = content.Length < FixedBytes ? -1 : content[FixedBytes..].IndexOf((byte)0);
        if (separator < 0) throw new InvalidDataException("The content is no interaction.");
        return new Interaction(
            Encoding.UTF8.GetString(content.Slice(FixedBytes, separator)),
            Encoding.UTF8.GetString(content[(FixedBytes + separator + 1)..]),
            BinaryPrimitives.ReadDoubleLittleEndian(content),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(content[8..])));
    }
}
