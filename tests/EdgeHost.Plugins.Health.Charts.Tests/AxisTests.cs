using EdgeHost.Plugins.Health.Charts.Axes;

namespace EdgeHost.Plugins.Health.Charts.Tests;

/// <summary>Ticks are round, and as many as can be read.</summary>
public class AxisTests
{
    private static readonly long Start = new DateTimeOffset(2026, 3, 7, 10, 20, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(62, 187, 50, 200, "50 75 100 125 150 175 200")]
    [InlineData(0.1, 0.9, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(70.2, 71.4, 70, 71.5, "70.00 70.25 70.50 70.75 71.00 71.25 71.50")]
    [InlineData(-0.4, 1.3, -0.5, 1.5, "-0.5 0.0 0.5 1.0 1.5")]
    [InlineData(8000, 12000, 8000, 12000, "8000 9000 10,000 11,000 12,000")]
    public void Values_GetRoundTicks(double low, double high, double from, double to, string labels)
    {
        var axis = ValueAxis.Of([low, double.NaN, high, double.PositiveInfinity], "mg/dL");

        Assert.Equal((from, to), (axis.From, axis.To));
        Assert.Equal(labels, string.Join(' ', axis.Ticks.Select(static tick => tick.Label)));
    }

    [Fact]
    public void Values_ThatAreAllAlike_HaveRoomAround()
    {
        var same = ValueAxis.Of([70, 70], "kg", leastLength: 4);
        var bars = ValueAxis.Of([3], "h", fromZero: true);
        var none = ValueAxis.Of([0, 0], "steps", fromZero: true);

        Assert.True(same.From <= 68 && same.To >= 72);
        Assert.Equal((0, true), (bars.From, bars.To >= 3));
        Assert.True(none.To > none.From);
    }

    [Fact]
    public void Values_ThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ValueAxis.Of([double.NaN], "kg"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChartAxis(1, 1, []));
    }

    [Fact]
    public void Day_HasHoursOfThePersonsClock()
    {
        var axis = TimeAxis.Of(Start, Start + 86_400_000, new TimeSpan(5, 30, 0), "d MMM");

        Assert.Equal(["18:00", "21:00", "00:00", "03:00", "06:00", "09:00", "12:00", "15:00"], axis.Ticks.Select(static tick => tick.Label));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 12, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), axis.Ticks[0].Value);
    }

    [Fact]
    public void Month_HasDatesAndTenYearsAreNotTooMany()
    {
        var month = TimeAxis.Of(Start, Start + (30L * 86_400_000), TimeSpan.Zero, "M月d日");
        var decade = TimeAxis.Of(Start, Start + (3650L * 86_400_000), TimeSpan.Zero, "d MMM");

        Assert.Equal("3月12日", month.Ticks[0].Label);
        Assert.InRange(month.Ticks.Count, 4, 8);
        Assert.InRange(decade.Ticks.Count, 2, 11);
    }
}
