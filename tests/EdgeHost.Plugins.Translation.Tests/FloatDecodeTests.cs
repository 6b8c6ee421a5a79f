using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The decoding on the weights before they were quantised: the reference's texts to the letter, alone, beside others, and with the decoder in two files.</summary>
public sealed class FloatDecodeTests : IDisposable
{
    private const string Model = "models/translation-en-zh";

    private static readonly (string English, string Greedy, string Beam)[] Expected =
    [
        ("I am a student.", "我是学生。", "我是个学生。"),
        ("Where is the station?", "车站在哪里?", "车站在哪里?"),
        ("The weather is very good today.", "今天天气很好。", "今天天气很好。"),
        ("He likes to play basketball.", "他喜欢打篮球。", "他喜欢打篮球。"),
        ("I do not know what to say.", "我不知道该说什么。", "我不知道该说什么。"),
        ("Please close the door.", "请关门。", "请关门。"),
        ("She has two brothers.", "她有两个兄弟。", "她有两个兄弟。"),
        ("What time is it now?", "现在几点?", "现在几点?"),
        ("We went to the park yesterday.", "我们昨天去了公园。", "我们昨天去了公园。"),
        ("This book is very interesting.", "这本书很有趣。", "这本书很有趣。"),
        ("My phone is on the table.", "我的手机。", "我的手在桌子上。"),
        ("Thank you for your help.", "谢谢你帮助。", "感谢你的帮助。"),
    ];

    private readonly DirectModelProvider _models = new(new FloatModels());

    public void Dispose() => _models.Dispose();

    [SharedDataTheory(Model)]
    [InlineData(1, 1, false)]
    [InlineData(4, 1, false)]
    [InlineData(1, 5, false)]
    [InlineData(4, 12, false)]
    [InlineData(1, 1, true)]
    [InlineData(4, 5, true)]
    public async Task Texts_AreThoseOfTheReference(int beams, int rows, bool isSplit)
    {
        IModelProvider models = isSplit ? new SplitModels(_models) : _models;
        const string Id = "translation-en-zh";
        var model = new TranslationModel(Id, "en", "zh", $"{Id}-decoder", isSplit ? $"{Id}-decoder-with-past" : null, "", rows, true, "");
        using var translator = await MarianTranslator.OpenAsync(models, model, new MarianFiles(), CancellationToken.None);

        var written = new List<WrittenText>();
        foreach (var group in Expected.Chunk(rows)) written.AddRange(await translator.TranslateAsync([.. group.Select(static one => one.English)], new WritingLimits(beams, null), CancellationToken.None));

        Assert.Equal(Expected.Select(one => beams == 1 ? one.Greedy : one.Beam), written.Select(static text => text.Text));
        Assert.All(written, static text => Assert.False(text.IsCut));
    }

    [SharedDataFact(Model)]
    public async Task Texts_CancelledAtEachStep_LeaveNothingAndEndAsCancelled()
    {
        const string Id = "translation-en-zh";
        var counting = new CountedSteps(_models);
        using var translator = await MarianTranslator.OpenAsync(counting, new TranslationModel(Id, "en", "zh", $"{Id}-decoder", null, "", 1, true, ""), new MarianFiles(), CancellationToken.None);
        await translator.TranslateAsync(["Please close the door."], new WritingLimits(4, null), CancellationToken.None);
        var steps = counting.Steps;

        Assert.InRange(steps, 4, 40);
        for (var stopAt = 1; stopAt <= steps; stopAt++)
        {
            using var cancel = new CancellationTokenSource();
            counting.Begin(stopAt, cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => translator.TranslateAsync(["Please close the door."], new WritingLimits(4, null), cancel.Token).AsTask());
            Assert.Equal(stopAt, counting.Steps);
            Assert.Equal(0, counting.Undisposed);
        }
    }
}
