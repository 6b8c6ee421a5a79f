using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace EdgeHost.Serialization;

public ref partial struct WireReader
{
    private const int ShownBytes = 64;

    /// <summary>Names the field that is read next, for error messages. Pair with <see cref="PopField"/>.</summary>
    /// <param name="name">Its key.</param>
    public void PushField(string name) => _path.Push(name);

    /// <summary>Ends the field named by the last <see cref="PushField"/>.</summary>
    public void PopField() => _path.Pop();

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> about the field being read.</summary>
    /// <param name="problem">What is wrong, as the rest of a sentence that starts with the field's name.</param>
    public readonly EdgeHostException Invalid(string problem)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} {problem}.");

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> that says a required field is missing.</summary>
    /// <param name="name">The key that is missing from the map being read.</param>
    public readonly EdgeHostException Missing(string name)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} lacks the required field '{name}'.");

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> that says the field being read was there before in the same map.</summary>
    public readonly EdgeHostException Duplicate() => Invalid("is there twice");

    /// <summary>An <see cref="ErrorCode.InvalidArgument"/> that says a text is none of the allowed names.</summary>
    /// <param name="actual">The text as received.</param>
    /// <param name="allowed">The allowed names, joined by commas.</param>
    public readonly EdgeHostException UnknownName(ReadOnlySpan<byte> actual, string allowed)
        => Utf8.IsValid(actual) && actual.Length <= ShownBytes
            ? Invalid($"is '{Encoding.UTF8.GetString(actual)}'; allowed are {allowed}")
            : Invalid($"is a text of {actual.Length} bytes; allowed are {allowed}");

    internal readonly EdgeHostException Malformed(Exception? cause)
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} is not well-formed MessagePack.", cause);

    // What MessagePackReader throws for bytes that are not MessagePack; out of range is a length above 2^31.
    private static bool IsMalformed(Exception e)
        => e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentOutOfRangeException;

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

    private readonly EdgeHostException TooDeep() => Invalid($"is nested deeper than {MaxDepth} levels");

    private readonly EdgeHostException Truncated()
        => new(ErrorCode.InvalidArgument, $"{_path.ToString()} ends before its value is complete.");
}
