using EdgeHost.Plugins.Health.Alerts;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>Quiet hours by a clock that is put forward and back.</summary>
public class QuietHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-01-10T21:30:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T05:59:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T06:00:00Z", null)]
    [InlineData("2026-01-10T20:59:00Z", null)]
    [InlineData("2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")]
    public void Night_EndsInTheMorningOfTheZone(string now, string? end)
        => Assert.Equal(end is null ? null : DateTimeOffset.Parse(end), new QuietHours(22 * 60, 7 * 60).EndOf(DateTimeOffset.Parse(now), Berlin));

    [Fact]
    public void EndThatTheClockLeavesOut_IsWhenItHasBeen()
        => Assert.Equal(DateTimeOffset.Parse("2026-03-29T01:00:00Z"), new QuietHours(60, 150).EndOf(DateTimeOffset.Parse("2026-03-29T00:30:00Z"), Berlin));
}
