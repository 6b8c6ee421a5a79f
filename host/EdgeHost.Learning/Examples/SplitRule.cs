using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Learning.Preprocessing;

namespace EdgeHost.Learning.Examples;

/// <summary>
/// What an example of a dataset is for: decided by a keyed hash of what belongs together, so the same thing always goes the same way, whenever it is
/// recorded, and an app cannot choose. Contents that hardly differ belong together.
/// </summary>
internal sealed class SplitRule(byte[] key, double validationShare, double testShare)
{
    public const int KeyBytes = 16;
    public const double LargestShare = 0.5;
    public const double DefaultShare = 0.1;

    private const int SignificantDigits = 3;
    private const double Unit = 1.0 / (1L << 53);

    /// <summary>The split of an example.</summary>
    public ExampleSplit Choose(ExampleKind kind, ReadOnlySpan<byte> content, string? group)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, group is null ? TogetherOf(kind, content) : [(byte)'g', .. Encoding.UTF8.GetBytes(group)], hash);
        var place = (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * Unit;
        if (place < testShare) return ExampleSplit.Test;
        return place < testShare + validationShare ? ExampleSplit.Validation : ExampleSplit.Train;
    }

    private static byte[] TogetherOf(ExampleKind kind, ReadOnlySpan<byte> content) => kind switch
    {
        ExampleKind.Text => Encoding.UTF8.GetBytes(Plain(Encoding.UTF8.GetString(content))),
        ExampleKind.Features => Rounded(content),
        ExampleKind.Interaction => Encoding.UTF8.GetBytes($"u{Interaction.Decode(content).User}"),
        _ => SHA256.HashData(content),
    };

    /// <summary>A text's letters and digits in lower case, its words with one space between them; the text itself where it has neither.</summary>
    private static string Plain(string text)
    {
        var words = PlainText.Of(text);
        return words.Length > 0 ? $"w{words}" : $"t{text}";
    }

    /// <summary>A vector's values with three significant digits.</summary>
    private static byte[] Rounded(ReadOnlySpan<byte> content)
    {
        var rounded = new byte[content.Length];
        for (var at = 0; at < content.Length; at += sizeof(float))
        {
            var value = (double)BinaryPrimitives.ReadSingleLittleEndian(content[at..]);
            if (value == 0) continue;
            var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value))) - (SignificantDigits - 1);
            var digits = Math.Round(value / Math.Pow(10, exponent));
            BinaryPrimitives.WriteInt16LittleEndian(rounded.AsSpan(at), (short)digits);
            BinaryPrimitives.WriteInt16LittleEndian(rounded.AsSpan(at + 2), (short)exponent);
        }

        return rounded;
    }
}
