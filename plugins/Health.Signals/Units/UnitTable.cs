using System.Collections.Frozen;

namespace EdgeHost.Plugins.Health.Signals.Units;

/// <summary>
/// Units by their UCUM codes (Unified Code for Units of Measure, case-sensitive), with the everyday spellings that devices write, and conversion to the unit in which each quantity is kept. Thread-safe.
/// </summary>
public static class UnitTable
{
    /// <summary>mg/dL of glucose in one mmol/L: a tenth of its molar mass of 180.182 g/mol.</summary>
    public const double MgPerDlInMmolPerL = 18.0182;

    /// <summary>mmHg in one kPa: 1 / 0.133322387415 (ISO 80000-4).</summary>
    public const double MmHgInKPa = 1 / 0.133322387415;

    private const double Pound = 0.45359237;
    private const double Foot = 0.3048;

    private static readonly FrozenDictionary<HealthQuantity, string> Kept = new Dictionary<HealthQuantity, string>
    {
        [HealthQuantity.Rate] = "/min",
        [HealthQuantity.Interval] = "ms",
        [HealthQuantity.Pressure] = "mm[Hg]",
        [HealthQuantity.Glucose] = "mg/dL",
        [HealthQuantity.Percentage] = "%",
        [HealthQuantity.Temperature] = "Cel",
        [HealthQuantity.Mass] = "kg",
        [HealthQuantity.Length] = "m",
        [HealthQuantity.Count] = "1",
        [HealthQuantity.Duration] = "min",
        [HealthQuantity.Voltage] = "mV",
        [HealthQuantity.Energy] = "kcal",
    }.ToFrozenDictionary();

    // kept = (value + offset) * factor
    private static readonly FrozenDictionary<(HealthQuantity Quantity, string Unit), (double Factor, double Offset)> Units = Build();

    /// <summary>The UCUM code of the unit in which a quantity is kept.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no such quantity.</exception>
    public static string UnitOf(HealthQuantity quantity)
        => Kept.TryGetValue(quantity, out var unit) ? unit : throw new EdgeHostException(ErrorCode.InvalidArgument, $"There is no quantity {quantity}.");

    /// <summary>Whether a unit is one of a quantity.</summary>
    public static bool IsUnitOf(HealthQuantity quantity, string unit) => Units.ContainsKey((quantity, Normal(unit)));

    /// <summary>Turns a value into the unit in which its quantity is kept.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the unit is none of the quantity's; the message lists them.</exception>
    public static double ToKept(HealthQuantity quantity, double value, string unit)
    {
        var (factor, offset) = Find(quantity, unit);
        return (value + offset) * factor;
    }

    /// <summary>Turns a kept value into another unit.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the unit is none of the quantity's; the message lists them.</exception>
    public static double FromKept(HealthQuantity quantity, double value, string unit)
    {
        var (factor, offset) = Find(quantity, unit);
        return (value / factor) - offset;
    }

    /// <summary>The units of a quantity, its kept one first.</summary>
    public static IReadOnlyList<string> UnitsOf(HealthQuantity quantity)
        => [UnitOf(quantity), .. Units.Keys.Where(key => key.Quantity == quantity && key.Unit != Kept[quantity]).Select(key => key.Unit).Order(StringComparer.Ordinal)];

    private static (double Factor, double Offset) Find(HealthQuantity quantity, string unit)
        => Units.TryGetValue((quantity, Normal(unit)), out var conversion)
            ? conversion
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{unit}' is no unit of {quantity}; it takes {string.Join(", ", UnitsOf(quantity))}.");

    // UCUM's annotations in braces say what is counted, and change nothing.
    private static string Normal(string? unit)
    {
        if (unit is null) return "";
        var brace = unit.IndexOf('{', StringComparison.Ordinal);
        var end = brace < 0 ? -1 : unit.IndexOf('}', brace);
        var plain = (end < 0 ? unit : unit.Remove(brace, end - brace + 1)).Trim();
        return plain.Length == 0 && end >= 0 ? "1" : plain;
    }

    private static FrozenDictionary<(HealthQuantity Quantity, string Unit), (double Factor, double Offset)> Build()
    {
        var units = new Dictionary<(HealthQuantity, string), (double, double)>();
        void Add(HealthQuantity quantity, double factor, params string[] names)
        {
            foreach (var name in names) units.Add((quantity, name), (factor, 0));
        }

        Add(HealthQuantity.Rate, 1, "/min", "min-1", "1/min", "bpm", "count/min");
        Add(HealthQuantity.Rate, 60, "/s", "Hz", "count/s");
        Add(HealthQuantity.Interval, 1, "ms");
        Add(HealthQuantity.Interval, 1000, "s");
        Add(HealthQuantity.Pressure, 1, "mm[Hg]", "mmHg");
        Add(HealthQuantity.Pressure, MmHgInKPa, "kPa");
        Add(HealthQuantity.Glucose, 1, "mg/dL", "mg/dl");
        Add(HealthQuantity.Glucose, MgPerDlInMmolPerL, "mmol/L", "mmol/l", "mmol<180.1558800000541>/L");
        Add(HealthQuantity.Percentage, 1, "%");
        Add(HealthQuantity.Percentage, 100, "1");
        Add(HealthQuantity.Temperature, 1, "Cel", "degC", "°C");
        Add(HealthQuantity.Mass, 1, "kg");
        Add(HealthQuantity.Mass, 0.001, "g");
        Add(HealthQuantity.Mass, Pound, "[lb_av]", "lb");
        Add(HealthQuantity.Mass, 14 * Pound, "[stone_av]", "st");
        Add(HealthQuantity.Length, 1, "m");
        Add(HealthQuantity.Length, 0.01, "cm");
        Add(HealthQuantity.Length, 1000, "km");
        Add(HealthQuantity.Length, Foot / 12, "[in_i]", "in");
        Add(HealthQuantity.Length, Foot, "[ft_i]", "ft");
        Add(HealthQuantity.Length, 5280 * Foot, "[mi_i]", "mi");
        Add(HealthQuantity.Count, 1, "1", "count");
        Add(HealthQuantity.Duration, 1, "min");
        Add(HealthQuantity.Duration, 1 / 60.0, "s");
        Add(HealthQuantity.Duration, 60, "h", "hr");
        Add(HealthQuantity.Duration, 1440, "d");
        Add(HealthQuantity.Voltage, 1, "mV");
        Add(HealthQuantity.Voltage, 0.001, "uV");
        Add(HealthQuantity.Voltage, 1000, "V");
        Add(HealthQuantity.Energy, 1, "kcal", "Cal");
        Add(HealthQuantity.Energy, 1 / 4.184, "kJ");
        units.Add((HealthQuantity.Temperature, "[degF]"), (5 / 9.0, -32));
        units.Add((HealthQuantity.Temperature, "degF"), (5 / 9.0, -32));
        units.Add((HealthQuantity.Temperature, "K"), (1, -273.15));
        return units.ToFrozenDictionary();
    }
}
