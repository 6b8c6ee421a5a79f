using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

public sealed class KeywordTriggerTests
{
    [Fact]
    public void OneWordCountsOnce()
    {
        var trigger = new KeywordTrigger(0.5f);
        Assert.False(trigger.Feed(0.49f, 1280, mayCount: true));
        Assert.True(trigger.Feed(0.5f, 2560, mayCount: true));
        Assert.False(trigger.Feed(0.9f, 3840, mayCount: true));
        Assert.Equal((0.9f, 3840L), (trigger.Peak, trigger.PeakEnd));
        Assert.False(trigger.Feed(0.9f, 2560 + KeywordTrigger.RefractorySamples - 1, mayCount: true));
        Assert.True(trigger.Feed(0.9f, 2560 + KeywordTrigger.RefractorySamples, mayCount: true));
    }

    [Fact]
    public void WhatDoesNotCountDoesNotQuieten()
    {
        var trigger = new KeywordTrigger(0.5f);
        Assert.False(trigger.Feed(0.9f, 1280, mayCount: false));
        Assert.True(trigger.Feed(0.9f, 2560, mayCount: true));
    }

    [Fact]
    public void HistoryKeepsTheNewestHoweverManyCame()
    {
        var history = new VectorHistory(3);
        float[] silence = [.. Enumerable.Repeat(-1f, KeywordFeatures.Width)];
        history.Fill(silence);
        for (var i = 0; i < 500; i++)
        {
            history.Append().Span.Fill(i);
            var newest = history.Newest(3).Span;
            for (var back = 0; back < 3; back++)
            {
                var vector = newest.Slice((2 - back) * KeywordFeatures.Width, KeywordFeatures.Width);
                Assert.Equal(-1, vector.IndexOfAnyExcept(Math.Max(-1f, i - back)));
            }
        }
    }
}
