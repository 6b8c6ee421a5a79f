using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>
/// The value of an attribute: on the wire a text, a number, a truth value (which counts as the text <c>true</c> or <c>false</c>), or an array of texts. Immutable.
/// </summary>
public sealed class AttributeValue : IWireMessage<AttributeValue>
{
    private const int MostTexts = 1000;

    private AttributeValue(IReadOnlyList<string> texts, double? number)
    {
        Texts = texts;
        Number = number;
    }

    /// <inheritdoc/>
    public static string JsonSchema => """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"type":"array","items":{"type":"string"},"maxItems":1000}]}""";

    /// <summary>The texts; empty for a number.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The number, or null for texts.</summary>
    public double? Number { get; }

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator AttributeValue(string text) => FromString(text);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator AttributeValue(double number) => FromDouble(number);

    /// <summary>Several texts, for example authors.</summary>
    /// <param name="texts">The texts, at most 1,000.</param>
    public static AttributeValue FromTexts(params IReadOnlyList<string> texts) => new(texts, null);

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static AttributeValue FromString(string text) => new([text], null);

    /// <summary>A number.</summary>
    /// <param name="number">The number; one that is not finite is refused by the host.</param>
    public static AttributeValue FromDouble(double number) => new([], number);

    /// <inheritdoc/>
    public static AttributeValue Read(ref WireReader reader)
    {
        switch (reader.NextType)
        {
            case MessagePackType.String:
                return FromString(reader.ReadString());
            case MessagePackType.Boolean:
                return FromString(reader.ReadBoolean() ? "true" : "false");
            case MessagePackType.Integer or MessagePackType.Float:
                return FromDouble(reader.ReadDouble());
            case MessagePackType.Array:
                var texts = new string[reader.EnterArray(MostTexts)];
                for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
                reader.Leave();
                return FromTexts(texts);
            default:
                throw reader.Invalid("must be a text, a number, a truth value or an array of texts");
        }
    }

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Number is { } number)
        {
            writer.Write(number);
        }
        else if (value.Texts is [var single])
        {
            writer.Write(single);
        }
        else
        {
            writer.WriteArrayHeader(value.Texts.Count);
            foreach (var text in value.Texts) writer.Write(text);
        }
    }
}
