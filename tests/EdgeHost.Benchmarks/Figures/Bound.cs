using System.Globalization;

namespace EdgeHost.Benchmarks.Figures;

/// <summary>What is wanted of a figure.</summary>
/// <param name="IsUpper">Whether the limit is the most, not the least.</param>
/// <param name="Limit">In the figure's unit.</param>
internal readonly record struct Bound(bool IsUpper, double Limit)
{
    public static Bound AtMost(double limit) => new(IsUpper: true, limit);

    public static Bound AtLeast(double limit) => new(IsUpper: false, limit);

    public bool IsMetBy(double value) => IsUpper ? value <= Limit : value >= Limit;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsUpper ? '≤' : '≥')} {Limit:0.###}");
}
