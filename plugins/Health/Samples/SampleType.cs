using EdgeHost.Plugins.Health.Signals.Units;

namespace EdgeHost.Plugins.Health.Samples;

/// <summary>A kind of reading.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Quantity">What it measures, which has the units.</param>
/// <param name="Least">The smallest plausible value in the unit that is kept.</param>
/// <param name="Most">The largest one.</param>
/// <param name="IsSummed">Whether the values of a day add up.</param>
internal sealed record SampleType(string Name, HealthQuantity Quantity, double Least, double Most, bool IsSummed = false)
{
    /// <summary>The unit that is kept, as UCUM.</summary>
    public string Unit => UnitTable.UnitOf(Quantity);

    /// <summary>Whether a value in the kept unit can be.</summary>
    public bool IsPlausible(double value) => value >= Least && value <= Most;

    /// <summary>The unit in which a number that is implausible in its own would be plausible, or null.</summary>
    public string? OtherUnit(double number) => UnitTable.UnitsOf(Quantity).FirstOrDefault(unit => IsPlausible(UnitTable.ToKept(Quantity, number, unit)));
}
