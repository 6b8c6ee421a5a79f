using System.Diagnostics;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>Texts and requests that nobody should send, and hosts without what is asked for.</summary>
[Collection(nameof(TranslationModels))]
public class BadInputTests(TranslationModels models)
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    [InlineData("...")]
    [InlineData("\u0000\u0001\u0007")]
    [InlineData("\ud800")]
    [InlineData("🙂🙃")]
    [InlineData("3 + 4 = 7")]
    public async Task TextWithoutWords_ComesBackAsItIs(string text)
    {
        foreach (var source in new[] { null, "en" })
        {
            var response = await TranslateAsync(new TranslateRequest { Text = text, Source = source, Target = "fr" });

            // A half of a character does not travel.
            Assert.Equal(text.Replace("\ud800", "\ufffd", StringComparison.Ordinal), response.Text);
            Assert.Equal(source ?? "und", response.Source);
        }
    }

    [Theory]
    [InlineData("مرحبا، كيف حالك؟")]
    [InlineData("Hello 你好 Привет مرحبا")]
    [InlineData("a\u0000b\u0007c \u202Eevil\u202C text\u200b here")]
    [InlineData("half\ud83d of \ude00 a pair")]
    [InlineData(">>fra<< Please close the door.")]
    [InlineData("</s> <unk> <pad> \u2581")]
    public async Task StrangeText_IsTranslatedOrCarriedThrough(string text)
    {
        foreach (var target in new[] { "zh", "fr" })
        {
            var response = await TranslateAsync(new TranslateRequest { Text = text, Source = "en", Target = target });

            Assert.NotEmpty(response.Text!);
            Assert.DoesNotContain("\u202E", response.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(response.Text!, static character => char.IsControl(character));
        }
    }

    [Fact]
    public async Task EndlessWord_IsCarriedThroughInTime()
    {
        var word = string.Concat(Enumerable.Repeat("abcdefghij", 2_000));
        var watch = Stopwatch.StartNew();

        var response = await TranslateAsync(new TranslateRequest { Text = word, Source = "en", Target = "zh" });

        Assert.Equal(word, response.Text!.Replace(" ", "", StringComparison.Ordinal));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task LongText_IsAnInvalidArgumentWithBothFigures()
    {
        var error = await FailsAsync(new TranslateRequest { Text = new string('a', 1 << 20), Source = "en", Target = "zh" });

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.Contains("100000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongStream_IsCancelledBetweenSentences()
    {
        using var cancel = new CancellationTokenSource();
        var text = string.Concat(Enumerable.Repeat("Please close the door. ", 20_000));
        cancel.CancelAfter(TimeSpan.FromMilliseconds(300));

        var call = models.Host.CallAsync(
            TranslationMethods.TranslateStream, WireMessageSerializer.ToArray(new TranslateStreamRequest { Text = text, Source = "en", Target = "zh" }), cancellationToken: cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("en", "xx", ErrorCode.NotFound, "en-fr, en-zh, fr-en, fr-zh, zh-en, zh-fr")]
    [InlineData("en", "xx", ErrorCode.NotFound, "edgehost models import hf:Xenova/opus-mt-en-xx")]
    [InlineData("de", "en", ErrorCode.NotFound, "opus-mt-de-en")]
    [InlineData("en", "?!", ErrorCode.InvalidArgument, "'target' is no language")]
    [InlineData("", "en", ErrorCode.InvalidArgument, "'source' is no language")]
    public async Task LanguageWithoutWay_IsSaidWithWhatThereIs(string source, string target, ErrorCode code, string expected)
    {
        var error = await FailsAsync(new TranslateRequest { Text = "Hello.", Source = source, Target = target });

        Assert.Equal(code, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeitherTextNorTextsOrBoth_IsAnInvalidArgument()
    {
        Assert.Equal(ErrorCode.InvalidArgument, (await FailsAsync(new TranslateRequest { Target = "zh" })).Code);
        Assert.Equal(ErrorCode.InvalidArgument, (await FailsAsync(new TranslateRequest { Text = "a", Texts = ["b"], Target = "zh" })).Code);
        Assert.Equal(ErrorCode.InvalidArgument, (await FailsAsync(new TranslateRequest { Texts = [], Target = "zh" })).Code);
    }

    [Fact]
    public async Task ModelThatIsNotPulled_IsSaidWithItsCommand()
    {
        var there = new StoredModel("opus-mt-en-de", "en", "de", IsInstalled: false);
        await using var host = await TranslationModels.StartAsync(new ListedModels(there));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<TranslateRequest, TranslateResponse>(
            TranslationMethods.Translate, new TranslateRequest { Text = "Hello.", Source = "en", Target = "de" }));
        var pairs = (await host.CallAsync<LanguagesRequest, LanguagesResponse>(TranslationMethods.Languages, new LanguagesRequest { Source = "eng" })).Pairs;

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("'edgehost models pull opus-mt-en-de'", error.Message, StringComparison.Ordinal);
        Assert.Equal((false, "edgehost models pull opus-mt-en-de"), (Assert.Single(pairs).IsAvailable, pairs[0].Hint));
    }

    [Theory]
    [InlineData("vocab.json", "has no 'vocab.json'")]
    [InlineData("source.spm", "has no 'source.spm'")]
    [InlineData("config.json", "has no 'config.json'")]
    public async Task ModelWithoutAFile_IsNamed(string missing, string expected)
    {
        var error = await FailsWithFilesAsync(name => name == missing ? null : FileOf(name));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.json", "{\"</s>\": 0, \"<unk>\": 1, \"a\": 4502}", ErrorCode.FailedPrecondition, "two models")]
    [InlineData("vocab.json", "[]", ErrorCode.DataLoss, "vocab.json")]
    [InlineData("vocab.json", "{\"a\": 1}", ErrorCode.DataLoss, "</s>")]
    [InlineData("source.spm", "no model", ErrorCode.DataLoss, "source.spm")]
    [InlineData("config.json", "{}", ErrorCode.DataLoss, "pad_token_id")]
    [InlineData("config.json", "{\"pad_token_id\": 9001, \"eos_token_id\": 0, \"vocab_size\": 9002}", ErrorCode.FailedPrecondition, "9002")]
    public async Task ModelWhoseFilesDoNotFit_IsNamed(string changed, string content, ErrorCode code, string expected)
    {
        var error = await FailsWithFilesAsync(name => name == changed ? System.Text.Encoding.UTF8.GetBytes(content) : name == "generation_config.json" ? null : FileOf(name));

        Assert.Equal(code, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static byte[]? FileOf(string name)
    {
        var path = Path.Combine(TestKit.Repository.Root, "plugins", "Translation", "models", "translation-en-zh", name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private async Task<EdgeHostException> FailsWithFilesAsync(Func<string, byte[]?> files)
    {
        await using var host = await TranslationModels.StartAsync(new ReplacedFiles(models.Provider, files));
        return await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<TranslateRequest, TranslateResponse>(
            TranslationMethods.Translate, new TranslateRequest { Text = "Hello.", Source = "en", Target = "zh" }));
    }

    private Task<TranslateResponse> TranslateAsync(TranslateRequest request) => models.Host.CallAsync<TranslateRequest, TranslateResponse>(TranslationMethods.Translate, request);

    private Task<EdgeHostException> FailsAsync(TranslateRequest request) => Assert.ThrowsAsync<EdgeHostException>(() => TranslateAsync(request));
}
