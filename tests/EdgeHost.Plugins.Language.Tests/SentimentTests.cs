using System.Buffers.Binary;
using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Sentiments;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>The weights that ship: right about clear sentences, about the development texts as good as their card says, and careful with the rest.</summary>
[Collection(nameof(LanguageModels))]
public class SentimentTests(LanguageModels models, ITestOutputHelper output)
{
    private const string Data = "datasets/sentiment";
    private readonly SentimentAnalyzer _analyzer = new(new SentimentOptions(), new TextEncoder());

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeAsync_ClearEnglishSentences_NineOfTenAreRight()
        => Assert.InRange(await ShareOfRightAsync(ClearSentences.English, "en"), 0.9, 1);

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeAsync_ClearChineseSentences_NineOfTenAreRight()
        => Assert.InRange(await ShareOfRightAsync(ClearSentences.Chinese, "zh"), 0.9, 1);

    [RealModelsTheory(LanguageModels.Plugin, Data)]
    [InlineData("en", 0.72, 0.68)]
    [InlineData("zh", 0.855, 0.84)]
    public async Task AnalyzeAsync_DevelopmentTexts_AreJudgedAsTheCardSays(string language, double accuracy, double f1)
    {
        var texts = (await File.ReadAllLinesAsync(Repository.FindShared($"{Data}/{language}-dev.tsv")!)).Select(line => line.Split('\t', 2)).ToList();
        var judged = new List<(bool IsTweet, Sentiment Actual, Sentiment Judged)>();
        foreach (var text in texts)
        {
            var result = await _analyzer.AnalyzeAsync(text[1], models.Provider, default);
            judged.Add((text[1].Contains('@', StringComparison.Ordinal), SentimentLabels.Parse(text[0])!.Value, result.Label));
        }

        if (language == "en") foreach (var source in judged.GroupBy(text => text.IsTweet)) Score(source.Key ? "tweets" : "films", [.. source]);
        var (right, scores) = Score(language, judged);
        Assert.InRange(right, accuracy, 1);
        Assert.InRange(scores, f1, 1);
    }

    [RealModelsTheory(LanguageModels.Plugin)]
    [InlineData("Это очень хороший фильм, мне понравилось.")]
    [InlineData("とても面白かったです。また見たいと思います。")]
    [InlineData("هذا الفيلم رائع جدا")]
    [InlineData("xqzt brrg wlkj fnord")]
    public async Task AnalyzeAsync_AnotherLanguage_IsUndeterminedAndUnsure(string text)
    {
        var result = await _analyzer.AnalyzeAsync(text, models.Provider, default);

        Assert.Equal("und", result.Language);
        Assert.InRange(result.Shares.Max(), 1.0 / 3, 0.75);
    }

    [RealModelsTheory(LanguageModels.Plugin)]
    [InlineData("\u0000\u0001")]
    [InlineData("@someone https://example.com")]
    public async Task AnalyzeAsync_NothingToJudge_IsNeutralWithoutAnyTrust(string text)
    {
        var result = await _analyzer.AnalyzeAsync(text, models.Provider, default);

        Assert.Equal((Sentiment.Neutral, "und", 0.0), (result.Label, result.Language, result.Coverage));
        Assert.All(result.Shares, share => Assert.Equal(1.0 / 3, share, 6));
    }

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeAsync_AnyText_GivesSharesOfOne()
    {
        string[] parts = ["good ", "bad ", "不", "好", "。", "\ud83d", "😀", "n't", "'", "@a ", "\0", "\t", "1 ", "é", "한", "ا", ":) "];
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var text = "x" + string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => parts[random.Next(parts.Length)]));
            var result = await _analyzer.AnalyzeAsync(text, models.Provider, default);

            Assert.Equal(1, result.Shares.Sum(), 4);
            Assert.All(result.Shares, share => Assert.InRange(share, 0, 1));
        }
#pragma warning restore CA5394
    }

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeAsync_LongText_IsJudgedAsAWhole()
    {
        var text = string.Concat(Enumerable.Repeat("The food was wonderful and the staff were friendly. ", 70));
        var one = await _analyzer.AnalyzeAsync("The food was wonderful and the staff were friendly.", models.Provider, default);

        var many = await _analyzer.AnalyzeAsync(text, models.Provider, default);

        Assert.Equal((Sentiment.Positive, Sentiment.Positive), (one.Label, many.Label));
        Assert.Equal(one.Features.Length, many.Features.Length);
    }

    // What a head is trained on beside corrections: were the features in other places than the encoders put them, the head would not know them.
    [RealModelsFact(LanguageModels.Plugin)]
    public async Task Replay_Features_AreJudgedByTheHeadAsTheyAreLabelled()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "plugins", "Language", "models", "language-sentiment", "replay.bin"));
        var (count, width) = (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
        var right = 0;
        for (var i = 0; i < count; i++)
        {
            var row = file.AsMemory(12 + (i * (1 + (2 * width))), 1 + (2 * width));
            float[] features = [.. Enumerable.Range(0, width).Select(k => (float)BinaryPrimitives.ReadHalfLittleEndian(row.Span[(1 + (2 * k))..]))];
            var (shares, _) = await SentimentHead.JudgeAsync(features, models.Provider, default);
            if (Array.IndexOf(shares, shares.Max()) == row.Span[0]) right++;
        }

        Assert.Equal(600, count);
        Assert.InRange((double)right / count, 0.75, 1);
    }

    private (double Accuracy, double MacroF1) Score(string name, List<(bool IsTweet, Sentiment Actual, Sentiment Judged)> judged)
    {
        var accuracy = judged.Average(text => text.Actual == text.Judged ? 1.0 : 0);
        var scores = SentimentLabels.All.Average(label =>
            2.0 * judged.Count(text => text.Actual == label && text.Judged == label) / Math.Max(1, judged.Count(text => text.Actual == label) + judged.Count(text => text.Judged == label)));
        output.WriteLine($"{name}: accuracy {accuracy:F4}, macro F1 {scores:F4} of {judged.Count}");
        return (accuracy, scores);
    }

    private async Task<double> ShareOfRightAsync(IReadOnlyList<(string Text, Sentiment Tone)> sentences, string language)
    {
        var right = 0;
        foreach (var (text, tone) in sentences)
        {
            var result = await _analyzer.AnalyzeAsync(text, models.Provider, default);
            Assert.Equal(language, result.Language);
            if (result.Label == tone) right++;
            else output.WriteLine($"{tone}, judged {result.Label} ({string.Join(' ', result.Shares.Select(share => $"{share:F2}"))}): {text}");
        }

        output.WriteLine($"{right} of {sentences.Count}");
        return (double)right / sentences.Count;
    }
}
