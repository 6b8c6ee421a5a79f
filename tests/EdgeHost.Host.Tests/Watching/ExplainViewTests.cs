using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Watching;

namespace EdgeHost.Host.Tests.Watching;

public sealed class ExplainViewTests
{
    [Fact]
    public void Render_AModel_SaysHowItIsNowAndWhatWasDecided()
    {
        var text = Render("model-0", null, Snapshots.Decisions);

        Assert.StartsWith("model-0@1 is resident on cpu: 20.0 MB, 0 leases, pinned by operator.", text, StringComparison.Ordinal);
        Assert.Contains("22:13:20  evicted    face@1: made room for ocr@4", text, StringComparison.Ordinal);
        Assert.Contains("loaded     face@1 for photos: loaded on cpu in 80 ms", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TheSameDecisionSeveralTimes_IsOneLine()
    {
        DecisionEntry Refused(long second) => new() { Number = second, TimeMs = second * 1000, Kind = DecisionKind.Refused, Subject = "ocr@4", Text = "too big" };

        var text = Render(null, null, [Refused(9), Refused(5), Refused(2), .. Snapshots.Decisions, Refused(1)]);

        Assert.Equal(
            "00:00:09  refused    ocr@4: too big (3 times since 00:00:02)\n22:13:20  evicted    face@1: made room for ocr@4\n"
            + "22:13:20  loaded     face@1 for photos: loaded on cpu in 80 ms\n00:00:01  refused    ocr@4: too big",
            text);
    }

    [Fact]
    public void Render_ATextThatNamesItsSubject_DoesNotNameItTwice()
    {
        DecisionEntry Of(DecisionKind kind, string subject, string? app, string text) => new() { Number = 1, TimeMs = 0, Kind = kind, Subject = subject, App = app, Text = text };

        var text = Render(null, null, [Of(DecisionKind.Evicted, "m@1", null, "m@1 left npu0."), Of(DecisionKind.Loaded, "m@1", "a", "m@1 loaded."), Of(DecisionKind.Device, "npu0", null, "is taken out: it is lost")]);

        Assert.Equal("00:00:00  evicted    m@1 left npu0.\n00:00:00  loaded     for a: m@1 loaded.\n00:00:00  device     npu0 is taken out: it is lost", text);
    }

    [Fact]
    public void Render_ADevice_SaysItsHealthAndReason()
        => Assert.Contains("npu0 is out of order and is tested again in 30 s: 0 steps run, 0 wait, 0 done.\n  it failed three times", Render("npu0", null, []), StringComparison.Ordinal);

    [Fact]
    public void Render_NothingAtAll_SaysSoKindly()
        => Assert.Equal("Nothing noteworthy was decided since the host started 60 s ago.", Render(null, null, []));

    [Fact]
    public void Render_NothingOfAKind_NamesTheKind()
        => Assert.Equal("Nothing of the kind 'moved' was decided since the host started 60 s ago.", Render(null, DecisionKind.Moved, []));

    [Theory]
    [InlineData("modl-0", "model-0")]
    [InlineData("phtos", "photos")]
    [InlineData("fac", "face")]
    public void Render_AMistypedName_NamesTheNearest(string subject, string nearest)
        => Assert.EndsWith($"did you mean '{nearest}'?", Render(subject, null, []), StringComparison.Ordinal);

    private static string Render(string? subject, DecisionKind? kind, IReadOnlyList<DecisionEntry> found)
        => string.Join('\n', new ExplainView(TimeZoneInfo.Utc).Render(subject, kind, found, Snapshots.Busy(), Snapshots.Decisions));
}
