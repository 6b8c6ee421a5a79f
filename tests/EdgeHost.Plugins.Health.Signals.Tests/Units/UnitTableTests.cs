using CsCheck;
using EdgeHost.Plugins.Health.Signals.Units;

namespace EdgeHost.Plugins.Health.Signals.Tests.Units;

public class UnitTableTests
{
    [Theory]
    [InlineData(HealthQuantity.Glucose, 5.5, "mmol/L", 99.1001)]
    [InlineData(HealthQuantity.Pressure, 16, "kPa", 120.00987)]
    [InlineData(HealthQuantity.Temperature, 98.6, "[degF]", 37)]
    [InlineData(HealthQuantity.Temperature, 310.15, "K", 37)]
    [InlineData(HealthQuantity.Mass, 150, "[lb_av]", 68.0388555)]
    [InlineData(HealthQuantity.Length, 70, "[in_i]", 1.778)]
    [InlineData(HealthQuantity.Length, 1, "[mi_i]", 1609.344)]
    [InlineData(HealthQuantity.Rate, 72, "{beats}/min", 72)]
    [InlineData(HealthQuantity.Rate, 1.2, "Hz", 72)]
    [InlineData(HealthQuantity.Count, 9000, "{steps}", 9000)]
    [InlineData(HealthQuantity.Percentage, 0.97, "1", 97)]
    [InlineData(HealthQuantity.Duration, 7.5, "h", 450)]
    [InlineData(HealthQuantity.Interval, 0.8, "s", 800)]
    [InlineData(HealthQuantity.Voltage, 1500, "uV", 1.5)]
    [InlineData(HealthQuantity.Energy, 418.4, "kJ", 100)]
    public void Values_AreTurnedIntoKeptUnits(HealthQuantity quantity, double value, string unit, double kept)
        => Assert.Equal(kept, UnitTable.ToKept(quantity, value, unit), 4);

    [Fact]
    public void EveryUnit_GoesThereAndBack()
        => Gen.Double[-1000, 1000].Sample(value =>
        {
            foreach (var quantity in Enum.GetValues<HealthQuantity>())
            {
                foreach (var unit in UnitTable.UnitsOf(quantity)) Assert.Equal(value, UnitTable.FromKept(quantity, UnitTable.ToKept(quantity, value, unit), unit), 6);
                Assert.Equal(value, UnitTable.ToKept(quantity, value, UnitTable.UnitOf(quantity)));
            }
        }, iter: 50);

    [Theory]
    [InlineData(HealthQuantity.Glucose, "kPa")]
    [InlineData(HealthQuantity.Pressure, "")]
    [InlineData(HealthQuantity.Mass, "KG")]
    [InlineData(HealthQuantity.Rate, "{")]
    public void OtherUnits_AreRefused_WithThoseThatAreTaken(HealthQuantity quantity, string unit)
    {
        var error = Assert.Throws<EdgeHostException>(() => UnitTable.ToKept(quantity, 1, unit));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(UnitTable.UnitOf(quantity), error.Message, StringComparison.Ordinal);
        Assert.False(UnitTable.IsUnitOf(quantity, unit));
    }
}
