using EdgeHost.Capabilities.Translation;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>Texts through the shipped models, as the host calls the plugin: bytes in and bytes out.</summary>
[Collection(nameof(TranslationModels))]
public class TranslateTests(TranslationModels models)
{
    [Theory]
    [InlineData("The weather is very good today.", "zh", "天气")]
    [InlineData("He likes to play basketball.", "zh", "篮球")]
    [InlineData("Please close the door.", "fr", "porte")]
    [InlineData("我们昨天去了公园。", "en", "park")]
    public async Task Translate_Sentence_SaysTheSame(string text, string target, string expected)
    {
        foreach (var beam in new[] { 1, 4 })
        {
            var response = await TranslateAsync(new TranslateRequest { Text = text, Target = target, Beam = beam });

            Assert.Contains(expected, response.Text, StringComparison.Ordinal);
            Assert.Null(response.Texts);
            Assert.Equal([response.Source, target], response.Details[0].Route);
            var version = response.Source == "fr" ? "1.0.0" : "1.1.0";
            Assert.Equal([$"translation-{response.Source}-{target}@{version}", $"translation-{response.Source}-{target}-decoder@{version}"], response.Models);
        }
    }

    [Fact]
    public async Task Translate_SeveralSentences_KeepsLinesAndSaysWhichBecameWhich()
    {
        const string Text = "Please close the door. What time is it now?\n\n  The weather is very good today.\n";

        var response = await TranslateAsync(new TranslateRequest { Text = Text, Source = "en", Target = "zh" });

        var spans = response.Details[0].Sentences;
        Assert.Equal(["Please close the door.", "What time is it now?", "The weather is very good today."], spans.Select(span => Text.Substring(span.SourceStart, span.SourceLength)));
        Assert.Contains("门", Of(response, 0), StringComparison.Ordinal);
        Assert.EndsWith("？", Of(response, 1), StringComparison.Ordinal);
        Assert.Contains("天气", Of(response, 2), StringComparison.Ordinal);
        Assert.Equal($"{Of(response, 0)}{Of(response, 1)}\n\n  {Of(response, 2)}\n", response.Text);
    }

    [Fact]
    public async Task Translate_Texts_AnswersEachInItsLanguage()
    {
        var response = await TranslateAsync(new TranslateRequest { Texts = ["我们昨天去了公园。", "She has two brothers.", "我不知道。", "42"], Target = "en" });

        Assert.Equal(["zh", "en", "zh", "und"], response.Details.Select(static detail => detail.Source));
        Assert.Contains("park", response.Texts![0], StringComparison.Ordinal);
        Assert.Equal("She has two brothers.", response.Texts[1]);
        Assert.Contains("know", response.Texts[2], StringComparison.Ordinal);
        Assert.Equal("42", response.Texts[3]);
        Assert.Null(response.Text);
    }

    [Fact]
    public async Task Translate_WithoutDirectModel_GoesThroughEnglishAndSaysSo()
    {
        var response = await TranslateAsync(new TranslateRequest { Text = "请关门。", Target = "fr" });

        Assert.Equal(["zh", "en", "fr"], response.Details[0].Route);
        Assert.Contains("porte", response.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, response.Models.Count);
    }

    [Theory]
    [InlineData("Please see https://x.org/a?b=1&c=2 today.", "https://x.org/a?b=1&c=2")]
    [InlineData("My address is anna.k@mail.example.com, please write.", "anna.k@mail.example.com")]
    [InlineData("Please use `git push --force` now.", "`git push --force`")]
    [InlineData("Hello {name}, how are you?", "{name}")]
    [InlineData("The box is 12.5 kg.", "12.5 kg")]
    [InlineData("The train leaves at 10:45.", "10:45")]
    [InlineData("I paid $19.99 for it.", "$19.99")]
    [InlineData("I met 张伟 yesterday.", "张伟")]
    [InlineData("I like it 😀👍🏽 very much.", "😀👍🏽")]
    [InlineData("She is 37 years old.", "37")]
    [InlineData("There are 1984 books in room 507.", "1984")]
    public async Task Translate_WhatIsNoWord_ComesThrough(string text, string kept)
    {
        foreach (var target in new[] { "zh", "fr" })
        {
            var response = await TranslateAsync(new TranslateRequest { Text = text, Source = "en", Target = target });

            Assert.Contains(kept, response.Text, StringComparison.Ordinal);
            Assert.NotEqual(text, response.Text);
        }
    }

    [Fact]
    public async Task Translate_Terms_BecomeWhatTheCallerSays()
    {
        var response = await TranslateAsync(new TranslateRequest
        {
            Text = "I like EdgeHost very much. An edgehosts is no term.", Source = "en", Target = "zh", Terms = new Dictionary<string, string> { ["edgehost"] = "边缘主机" },
        });

        Assert.Contains("边缘主机", Of(response, 0), StringComparison.Ordinal);
        Assert.DoesNotContain("边缘主机", Of(response, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_MaxLength_CutsAndSaysSo()
    {
        var response = await TranslateAsync(new TranslateRequest { Text = "I do not know what to say.", Source = "en", Target = "zh", MaxLength = 2, Beam = 1 });

        Assert.True(response.Details[0].Sentences[0].IsCut);
        Assert.InRange(response.Text!.Length, 1, 12);
    }

    [Fact]
    public async Task TranslateStream_GivesTheSentencesOfTranslate()
    {
        const string Text = "Please close the door. What time is it now?\n\n  The weather is very good today.\n";
        var whole = await TranslateAsync(new TranslateRequest { Text = Text, Source = "en", Target = "zh" });

        var (items, response) = await StreamAsync(models.Host, new TranslateStreamRequest { Text = Text, Source = "en", Target = "zh" });

        Assert.Equal(whole.Text, string.Concat(items.Select(static item => item.Before + item.Text + item.After)));
        Assert.Equal(whole.Details[0].Sentences.Select(static span => (span.SourceStart, span.SourceLength)), items.Select(static item => (item.SourceStart, item.SourceLength)));
        Assert.Equal((3, "en"), (response.Sentences, response.Source));
        Assert.Equal(whole.Models, response.Models);
    }

    [Fact]
    public async Task Languages_ListsPairsWithTheirWay()
    {
        var response = await models.Host.CallAsync<LanguagesRequest, LanguagesResponse>(TranslationMethods.Languages, new LanguagesRequest());

        Assert.Equal(["en-fr", "en-zh", "fr-en", "fr-zh", "zh-en", "zh-fr"], response.Pairs.Select(static pair => $"{pair.Source}-{pair.Target}"));
        Assert.Equal("en", response.Pairs[^1].Via);
        Assert.Equal(["translation-zh-en", "translation-en-fr"], response.Pairs[^1].Models);
        Assert.All(response.Pairs, static pair => Assert.True(pair.IsAvailable));
        Assert.Contains("zh", response.Detected);
    }

    internal static async Task<(List<TranslatedSentence> Items, TranslateStreamResponse Response)> StreamAsync(PluginTestHost host, TranslateStreamRequest request)
    {
        var answer = await host.CallAsync(TranslationMethods.TranslateStream, WireMessageSerializer.ToArray(request));
        return ([.. answer.ReadItems<TranslatedSentence>()], answer.Read<TranslateStreamResponse>());
    }

    private static string Of(TranslateResponse response, int sentence)
    {
        var span = response.Details[0].Sentences[sentence];
        return response.Text!.Substring(span.TargetStart, span.TargetLength);
    }

    private async Task<TranslateResponse> TranslateAsync(TranslateRequest request)
        => await models.Host.CallAsync<TranslateRequest, TranslateResponse>(TranslationMethods.Translate, request);
}
