namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// What an item says under one attribute: texts, or a number. Two items may hold different kinds under one name, and an item may change its kind:
/// a filter for numbers then simply does not match texts. Immutable.
/// </summary>
public sealed class AttributeValue
{
    private AttributeValue(IReadOnlyList<string> texts, double? number)
    {
        Texts = texts;
        Number = number;
    }

    /// <summary>The texts; empty for a number.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The number, or null for texts. Never NaN or infinite.</summary>
    public double? Number { get; }

    /// <summary>One text.</summary>
    public static AttributeValue Of(string text) => new([text], null);

    /// <summary>Several texts, for example an item's authors.</summary>
    public static AttributeValue Of(IEnumerable<string> texts) => new([.. texts], null);

    /// <summary>A number.</summary>
    /// <exception cref="EdgeHostException">The number is NaN or infinite (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public static AttributeValue Of(double number)
        => double.IsFinite(number)
            ? new([], number)
            : throw new EdgeHostException(ErrorCode.InvalidArgument, "An attribute's number is not finite. Leave the attribute out where it is unknown.");
}
