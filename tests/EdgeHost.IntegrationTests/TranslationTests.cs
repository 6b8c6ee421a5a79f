using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;
using EdgeHost.Protocol;

namespace EdgeHost.IntegrationTests;

/// <summary>The models that ship with the Translation plugin, behind the real socket: no pull is needed for them.</summary>
public class TranslationTests(ServingHost host) : IClassFixture<ServingHost>
{
    [Fact]
    public async Task Translate_ThroughTheSocket_GoesBothWaysAndThroughEnglish()
    {
        await using var client = await host.ConnectAsync();
        CallInfo? info = null;

        var chinese = await client.Translation.TranslateAsync("The weather is very good today. Please close the door.", "zh", new CallOptions { OnInfo = i => info = i });
        var french = await client.Translation.TranslateAsync("请关门。", "fr");
        var detected = await client.Translation.DetectLanguageAsync("Where is the station?");

        Assert.Contains("天气", chinese.Text, StringComparison.Ordinal);
        Assert.Equal("en", chinese.Source);
        Assert.Equal(2, chinese.Details[0].Sentences.Count);
        Assert.NotNull(info);
        Assert.Contains(info.Models, model => model.StartsWith("translation-en-zh@", StringComparison.Ordinal));
        Assert.Equal(["zh", "en", "fr"], french.Details[0].Route);
        Assert.Contains("porte", french.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("en", detected.Language);
    }

    [Fact]
    public async Task TranslateStream_ThroughTheSocket_GivesSentencesInOrder()
    {
        await using var client = await host.ConnectAsync();
        var request = new TranslateStreamRequest { Text = "She has two brothers.\nWhat time is it now?\n", Target = "fr" };

        var sentences = new List<TranslatedSentence>();
        await foreach (var sentence in client.Translation.TranslateStreamAsync(request)) sentences.Add(sentence);

        Assert.Equal([0, 22], sentences.Select(static sentence => sentence.SourceStart));
        Assert.Equal(("\n", "\n"), (sentences[1].Before, sentences[1].After));
        Assert.All(sentences, static sentence => Assert.NotEmpty(sentence.Text));
    }

    [Fact]
    public async Task Languages_ThroughTheSocket_AreThoseThatShip()
    {
        await using var client = await host.ConnectAsync();

        var languages = await client.Translation.GetLanguagesAsync(new LanguagesRequest { Source = "zh" });

        Assert.Contains(languages.Pairs, static pair => pair is { Target: "en", IsAvailable: true, Via: null });
        Assert.Contains(languages.Pairs, static pair => pair is { Target: "fr", IsAvailable: true, Via: "en" });
    }

    [Fact]
    public async Task Translate_LanguageWithoutModel_SaysWhatThereIs()
    {
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Translation.TranslateAsync("Hello, my friend.", "tlh"));

        Assert.Equal(ErrorCode.NotFound, error.Code);
        Assert.Contains("en-zh", error.Message, StringComparison.Ordinal);
    }
}
