namespace EdgeHost.Serialization;

/// <summary>Refines one property of a <see cref="WireMessageAttribute"/> type: another key, a description, a range.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WireFieldAttribute : Attribute
{
    /// <summary>The key on the wire; the property's snake_case name if null.</summary>
    public string? Name { get; init; }

    /// <summary>One sentence for the schema: meaning, unit, range.</summary>
    public string? Description { get; init; }

    /// <summary>Smallest value of a number, enforced on reading.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value of a number, enforced on reading.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Most characters of a string, bytes of a binary, or items of a list or map, enforced on reading.</summary>
    public int MaxLength { get; init; } = int.MaxValue;
}
