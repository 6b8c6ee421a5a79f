using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.Protocol;

namespace EdgeHost.IntegrationTests;

/// <summary>The weights that ship with the Language plugin, behind the real socket: no pull is needed for them.</summary>
public class LanguageTests(ServingHost host) : IClassFixture<ServingHost>
{
    [Fact]
    public async Task AnalyzeSentiment_ThroughTheSocket_JudgesBothLanguages()
    {
        await using var client = await host.ConnectAsync();
        CallInfo? info = null;

        var english = await client.Language.AnalyzeSentimentAsync("What a wonderful concert, I enjoyed every minute.", new CallOptions { OnInfo = i => info = i });
        var chinese = await client.Language.AnalyzeSentimentAsync("房间又小又脏，隔音很差，再也不会来了。");

        Assert.Equal((Sentiment.Positive, "en"), (english.Label, english.Language));
        Assert.Equal((Sentiment.Negative, "zh"), (chinese.Label, chinese.Language));
        Assert.NotNull(info?.CallId);
        Assert.Contains(info.Models, model => model.StartsWith("language-sentiment@", StringComparison.Ordinal));
        var feedback = await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = info.CallId, Label = "neutral" });
        Assert.NotNull(feedback);
    }

    [Fact]
    public async Task AnalyzeSentiment_FromTheCommandLine_Answers()
    {
        var result = await host.RunAsync("call", "language.analyze_sentiment", "--json", """{"text":"The worst service I have ever had."}""");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("negative", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnalyzeSentiment_EmptyText_IsInvalid()
    {
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Language.AnalyzeSentimentAsync(" "));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }
}
