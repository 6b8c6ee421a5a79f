using EdgeHost.Capabilities.Speech;
using EdgeHost.Gateway.Transcriptions;

namespace EdgeHost.Gateway.Tests;

public class TranscriptFormatsTests
{
    private static readonly TranscribeResponse Response = new()
    {
        Text = "One. Two.",
        DurationMs = 3_725_500,
        Language = "en",
        Segments =
        [
            new TranscriptSegment { StartMs = 250, EndMs = 1_000, Text = "One." },
            new TranscriptSegment { StartMs = 3_723_004, EndMs = 3_725_000, Text = "Two." },
        ],
    };

    [Fact]
    public void Render_SubRip_IsNumberedAndHasCommas() => Assert.Equal(
        "1\n00:00:00,250 --> 00:00:01,000\nOne.\n\n2\n01:02:03,004 --> 01:02:05,000\nTwo.\n\n",
        TranscriptFormats.Render(TranscriptFormat.Srt, Response));

    [Fact]
    public void Render_WebVtt_HasItsHeadAndPoints() => Assert.Equal(
        "WEBVTT\n\n00:00:00.250 --> 00:00:01.000\nOne.\n\n01:02:03.004 --> 01:02:05.000\nTwo.\n\n",
        TranscriptFormats.Render(TranscriptFormat.Vtt, Response));

    [Fact]
    public void Render_Text_IsTheTextAlone() => Assert.Equal("One. Two.\n", TranscriptFormats.Render(TranscriptFormat.Text, Response));

    [Fact]
    public void VerboseBody_HasSeconds()
    {
        var body = VerboseTranscriptBody.Of(Response);

        Assert.Equal(3725.5, body.Duration);
        Assert.Equal((0.25, 1.0, "One."), (body.Segments[0].Start, body.Segments[0].End, body.Segments[0].Text));
        Assert.Equal(1, body.Segments[1].Id);
    }

    [Fact]
    public void Parse_UnknownFormat_NamesThoseThatAre()
    {
        var error = Assert.Throws<EdgeHostException>(() => TranscriptFormats.Parse("docx"));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("srt", error.Message, StringComparison.Ordinal);
        Assert.Equal("response_format", error.Details["field"]);
    }
}
