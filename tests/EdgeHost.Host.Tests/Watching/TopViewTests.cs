using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Watching;

namespace EdgeHost.Host.Tests.Watching;

public sealed class TopViewTests
{
    private const int Width = 100;

    [Fact]
    public void Render_AHostThatDidNothing_SaysSoInWords()
    {
        var page = Render(Snapshots.Idle());

        Assert.Contains("No model ran yet", page, StringComparison.Ordinal);
        Assert.Contains("No model is in memory.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("APP", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ABusyHost_ShowsDevicesModelsAppsAndDecisions()
    {
        var page = Render(Snapshots.Busy());

        Assert.Contains("50% 300.0 MB of 600.0 MB (reduced from 1.2 GB), 20.0 MB pinned", page, StringComparison.Ordinal);
        Assert.Contains("hit rate 97.5%", page, StringComparison.Ordinal);
        Assert.Contains("1/2/3/4", page, StringComparison.Ordinal);
        Assert.Contains("! npu0: it failed three times; tested again in 30 s", page, StringComparison.Ordinal);
        Assert.Contains("! on battery 17%, work below normal rests: the battery is low", page, StringComparison.Ordinal);
        Assert.Contains("pinned by operator", page, StringComparison.Ordinal);
        Assert.Contains("photos", page, StringComparison.Ordinal);
        Assert.Contains("evicted    face@1: made room for ocr@4", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithTheSnapshotBefore_ShowsRatesSinceThen()
    {
        var page = Render(Snapshots.Busy(uptimeMs: 62_000, completed: 1_100, busyUs: 3_000_000), Snapshots.Busy(uptimeMs: 60_000, completed: 1_000, busyUs: 1_000_000));

        Assert.Contains("50.0 steps/s", page, StringComparison.Ordinal);
        Assert.Contains("cpu     healthy   50%", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AfterTheHostStartedAnew_ShowsNoRates()
        => Assert.DoesNotContain("steps/s,", Render(Snapshots.Busy(uptimeMs: 1_000), Snapshots.Busy(uptimeMs: 60_000)), StringComparison.Ordinal);

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    public void Render_AtAnyWidth_NoLineIsWider(int width)
        => Assert.All(new TopView(width, 30, TimeZoneInfo.Utc).Render(Snapshots.Busy(), null, Snapshots.Decisions), line => Assert.InRange(line.Length, 0, width));

    [Fact]
    public void Render_MoreModelsThanFit_SaysHowManyMore()
    {
        var lines = new TopView(Width, 24, TimeZoneInfo.Utc).Render(Snapshots.Busy(models: 50), null, Snapshots.Decisions);

        Assert.InRange(lines.Count, 20, 24);
        Assert.Contains(lines, line => line.StartsWith("and ", StringComparison.Ordinal) && line.EndsWith(" more", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_NamesWithControlCharacters_DoNotReachTheTerminal()
    {
        var page = string.Concat(new TopView(Width, 30, TimeZoneInfo.Utc).Render(Snapshots.Busy(app: "evil\e[2Japp\r\n"), null, Snapshots.Decisions));

        Assert.DoesNotContain(page, char.IsControl);
        Assert.Contains("evil [2Japp", page, StringComparison.Ordinal);
    }

    private static string Render(StatsResponse now, StatsResponse? before = null)
        => string.Join('\n', new TopView(Width, 40, TimeZoneInfo.Utc).Render(now, before, Snapshots.Decisions));
}
