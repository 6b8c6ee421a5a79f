using CsCheck;
using EdgeHost.Plugins.Health.Signals.Bluetooth;

namespace EdgeHost.Plugins.Health.Signals.Tests.Bluetooth;

public class Ieee11073Tests
{
    [Theory]
    [InlineData(0x0000, 0.0)]
    [InlineData(0x0072, 114.0)] // The example of the standard.
    [InlineData(0x0FFF, -1.0)]
    [InlineData(0xF48D, 116.5)]
    [InlineData(0x1001, 10.0)]
    [InlineData(0x07FD, 2045.0)]
    [InlineData(0x0803, -2045.0)]
    [InlineData(0x07FE, double.PositiveInfinity)]
    [InlineData(0x0802, double.NegativeInfinity)]
    [InlineData(0x07FF, double.NaN)]
    [InlineData(0x0800, double.NaN)]
    [InlineData(0x0801, double.NaN)]
    public void ShortFloats_AreDecimal(int bits, double expected) => Assert.Equal(expected, Ieee11073.FromShort((ushort)bits));

    [Theory]
    [InlineData(0xFF00016Cu, 36.4)] // The thermometer's example of the standard: FF 00 01 6C.
    [InlineData(0x00000001u, 1.0)]
    [InlineData(0x00FFFFFFu, -1.0)]
    [InlineData(0x02000007u, 700.0)]
    [InlineData(0x007FFFFDu, 8_388_605.0)]
    [InlineData(0x007FFFFEu, double.PositiveInfinity)]
    [InlineData(0x00800002u, double.NegativeInfinity)]
    [InlineData(0x007FFFFFu, double.NaN)]
    [InlineData(0x00800000u, double.NaN)]
    [InlineData(0x00800001u, double.NaN)]
    public void LongFloats_AreDecimal(uint bits, double expected) => Assert.Equal(expected, Ieee11073.FromLong(bits));

    [Fact]
    public void Scale_IsOfTheDecimalNumber_SoNothingIsRoundedTwice()
        => Gen.Select(Gen.Int[-2045, 2045], Gen.Int[-8, 7]).Sample((mantissa, exponent) =>
        {
            var bits = (ushort)((mantissa & 0xFFF) | ((exponent & 0xF) << 12));
            Assert.Equal((double)(mantissa * (exponent + 5 >= 0 ? (decimal)Math.Pow(10, exponent + 5) : 1 / (decimal)Math.Pow(10, -exponent - 5))), Ieee11073.FromShort(bits, 5));
        });
}
