using System.Text;
using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Sentiments;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>What a head's description says of its labels.</summary>
public class SentimentHeadTests
{
    [Fact]
    public void ParseLabels_OfADescription_KeepsTheirOrder()
        => Assert.Equal(
            [Sentiment.Positive, Sentiment.Negative],
            SentimentHead.ParseLabels("""{"task":"classify","inputs":[{"name":"x","labels":["neutral"]}],"labels":["positive","negative"],"metrics":{}}"""u8));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"labels":[]}""")]
    [InlineData("""{"labels":["good","bad"]}""")]
    [InlineData("""{"labels":["negative","negative"]}""")]
    [InlineData("""{"labels":["negative",""")]
    [InlineData("""{"labels":5}""")]
    public void ParseLabels_OfAnythingElse_IsNull(string json)
        => Assert.Null(SentimentHead.ParseLabels(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    [InlineData("many")]
    public void Options_OutOfRange_AreRefused(string value)
        => Assert.Equal(
            ErrorCode.FailedPrecondition,
            Assert.Throws<EdgeHostException>(() => SentimentOptions.FromSettings(new Dictionary<string, string> { ["sentiment:max_characters"] = value })).Code);
}
