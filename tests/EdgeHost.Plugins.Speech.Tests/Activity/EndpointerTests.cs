using EdgeHost.Plugins.Speech.Activity;

namespace EdgeHost.Plugins.Speech.Tests.Activity;

/// <summary>Windows of 32 ms; probabilities that no model gave.</summary>
public sealed class EndpointerTests
{
    private static readonly EndpointOptions Options = new() { MinSilence = Windows(4), MinSpeech = Windows(3), Pad = TimeSpan.Zero };

    [Fact]
    public void StretchEndsAfterThePause()
    {
        var spans = Feed(Options, [.. Zeros(5), .. Ones(10), .. Zeros(20)]);
        Assert.Equal([Span(5, 15)], spans);
    }

    [Fact]
    public void ShortPausesAndDoubtfulWindowsDoNotEndIt()
    {
        var spans = Feed(Options, [.. Ones(5), .. Zeros(3), .. Ones(2), .. Enumerable.Repeat(0.4f, 30), .. Ones(1), .. Zeros(10)]);
        Assert.Equal([Span(0, 41)], spans);
    }

    [Fact]
    public void ShortNoiseIsNoSpeech() => Assert.Empty(Feed(Options, [.. Zeros(5), .. Ones(2), .. Zeros(20)]));

    [Fact]
    public void PadsReachNeitherBeforeTheStartNorIntoOneAnother()
    {
        var spans = Feed(Options with { Pad = Windows(4) }, [.. Zeros(1), .. Ones(4), .. Zeros(5), .. Ones(4), .. Zeros(9)]);
        Assert.Equal([Span(0, 9), Span(9, 18)], spans);
    }

    [Fact]
    public void LongStretchIsCutWhereItIsQuietest()
    {
        float[] probabilities = [.. Ones(50)];
        probabilities[35] = 0.6f;
        probabilities[12] = 0.51f;
        var spans = Feed(Options with { Longest = Windows(40), CutWithin = Windows(10) }, probabilities);
        Assert.Equal([Span(0, 35), Span(35, 50)], spans);
    }

    [Fact]
    public void SpeechThatEndsWithTheSoundIsAStretch() => Assert.Equal([Span(2, 7)], Feed(Options, [.. Zeros(2), .. Ones(5)]));

    private static List<SpeechSpan> Feed(EndpointOptions options, float[] probabilities)
    {
        var (endpointer, spans) = (new Endpointer(options), new List<SpeechSpan>());
        foreach (var probability in probabilities)
        {
            if (endpointer.Feed(probability) is { } span) spans.Add(span);
        }

        if (endpointer.Finish(probabilities.Length * Endpointer.WindowSamples) is { } last) spans.Add(last);
        return spans;
    }

    private static SpeechSpan Span(int start, int end) => new(start * Endpointer.WindowSamples, end * Endpointer.WindowSamples);

    private static TimeSpan Windows(int count) => TimeSpan.FromMilliseconds(32 * count);

    private static IEnumerable<float> Ones(int count) => Enumerable.Repeat(0.9f, count);

    private static IEnumerable<float> Zeros(int count) => Enumerable.Repeat(0.1f, count);
}
