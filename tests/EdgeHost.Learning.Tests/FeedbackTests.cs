using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using static EdgeHost.Learning.Tests.LearningBench;

namespace EdgeHost.Learning.Tests;

public sealed class FeedbackTests : IDisposable
{
    private readonly LearningBench _bench = new(static options =>
    {
        options.MaxAppCalls = 20;
        options.MaxPendingCalls = 30;
        options.MaxPendingBytes = 1000;
        options.CallRetention = TimeSpan.FromDays(2);
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Correction_OfAnAnswer_JoinsTheExamples()
    {
        await _bench.ConsentAsync(purpose: CallJournal.Purpose);
        var id = _bench.Journal.Add(Call("what a day", "negative"))!;

        var result = await _bench.Journal.GiveAsync(App, id, new FeedbackNote(null, "positive", null));
        _bench.Reopen();
        await _bench.Journal.GiveAsync(App, id, new FeedbackNote(false, "neutral", 0.5));

        Assert.Equal(("language.judge", "judge@1.0.0", "language.judge", null), (result.Method, result.Model, result.Dataset, result.Reason));
        var example = Assert.Single(await _bench.Examples.ReadAsync(App, "language.judge"));
        Assert.Equal("neutral", example.Label);
        var summary = Assert.Single(await _bench.Journal.SummariseAsync());
        Assert.Equal(new ModelFeedback("judge@1.0.0", 1, 0, 1, 0.5), summary);
    }

    [Fact]
    public async Task Feedback_OnAnAnswerThatIsJustBeingWritten_FindsIt()
    {
        for (var round = 0; round < 300; round++)
        {
            var id = _bench.Journal.Add(Call($"text {round}", "negative"))!;
            var writer = Task.Run(() => _bench.Journal.FlushAsync());
            if (round % 3 > 0) await Task.Yield();

            Assert.Equal("language.judge", (await _bench.Journal.GiveAsync(App, id, new FeedbackNote(true, null, null))).Method);
            await writer;
        }
    }

    [Fact]
    public async Task Correction_OfAnAnswerThatNamesADataset_JoinsThat_AsLongAsItIsAllowed()
    {
        await _bench.ConsentAsync();
        await _bench.ConsentAsync(purpose: CallJournal.Purpose);
        await _bench.Examples.RecordAsync(App, Texts(), [Text("hello", "ham")]);
        var (first, second, gone) = (_bench.Journal.Add(Call("buy now", "ham") with { Dataset = "mails" })!, _bench.Journal.Add(Call("buy", "ham") with { Dataset = "mails" })!, _bench.Journal.Add(Call("x", "y") with { Dataset = "none" })!);

        var joined = await _bench.Journal.GiveAsync(App, first, new FeedbackNote(null, "spam", null));
        await _bench.Consents.SetAsync(App, Purpose, isGranted: false);
        var revoked = await _bench.Journal.GiveAsync(App, second, new FeedbackNote(null, "spam", null));
        var elsewhere = await _bench.Journal.GiveAsync(App, gone, new FeedbackNote(true, null, null));

        Assert.Equal(("mails", null), (joined.Dataset, joined.Reason));
        Assert.Equal((null, $"The owner's consent to '{Purpose}' was revoked."), (revoked.Dataset, revoked.Reason));
        Assert.Equal("language.judge", elsewhere.Dataset);
    }

    [Fact]
    public async Task Correction_OfFeatures_JoinsThoseOfTheSameModel_WhichAreMadeIfTheyAreNotThere()
    {
        await _bench.ConsentAsync(purpose: CallJournal.Purpose);
        var (one, two) = (FeatureDatasets.NameOf("language.judge", "eye@1.0.0"), FeatureDatasets.NameOf("language.judge", "eye@2.0.0"));
        var recorded = _bench.Examples.WhenRecorded;
        foreach (var dataset in new[] { one, two, one })
        {
            var id = _bench.Journal.Add(Call("what a day", "negative") with { Dataset = dataset, Kind = ExampleKind.Features, Input = new byte[8] })!;
            Assert.Equal(dataset, (await _bench.Journal.GiveAsync(App, id, new FeedbackNote(null, "positive", null))).Dataset);
        }

        Assert.True(recorded.IsCompleted);
        Assert.Equal([one, two], (await _bench.Examples.ListAsync(App)).Select(static info => info.Name));
        Assert.Equal([App], await _bench.Examples.OwnersOfAsync("language.judge"));
        Assert.Empty(await _bench.Examples.OwnersOfAsync("language"[..^1]));
        Assert.Empty(await _bench.Examples.OwnersOfAsync("language.jud"));
        Assert.Equal([new LabelCount("positive", 1)], await _bench.Examples.CountLabelsAsync(App, one));
        Assert.Empty(await _bench.Examples.CountLabelsAsync(OtherApp, one));
    }

    [Fact]
    public void FeatureDatasets_HaveNamesOfDatasets()
    {
        Assert.Equal("language.judge.eye.1.0.0-local.3", FeatureDatasets.NameOf("language.judge", "eye@1.0.0-local.3"));
        Assert.Equal("a.b.app_eye.1_x", FeatureDatasets.NameOf("a.b", "app/eye@1+x"));
        var (one, two) = (FeatureDatasets.NameOf(new string('m', 120), "eye@1.0.0-long"), FeatureDatasets.NameOf(new string('m', 120), "eye@1.0.1-long"));
        Assert.Equal((128, false), (one.Length, one == two));
        Assert.True(FeatureDatasets.IsOf("a.b.c", "a.b"));
        Assert.False(FeatureDatasets.IsOf("a.bc", "a.b") || FeatureDatasets.IsOf("a.b", "a.b") || FeatureDatasets.IsOf("a.b.", "a.b"));
    }

    [Fact]
    public async Task Database_OfTheFirstForm_IsBroughtUpToDate()
    {
        await _bench.ConsentAsync(purpose: CallJournal.Purpose);
        var id = _bench.Journal.Add(Call("what a day", "negative"))!;
        await _bench.Journal.FlushAsync();
        await _bench.Database.WriteAsync(
            static connection => connection.Execute("ALTER TABLE call DROP COLUMN dataset; PRAGMA user_version = 1"),
            CancellationToken.None);
        _bench.Reopen();

        var result = await _bench.Journal.GiveAsync(App, id, new FeedbackNote(null, "positive", null));

        Assert.Equal("language.judge", result.Dataset);
    }

    [Fact]
    public async Task Confirmation_OfAnAnswer_JoinsWithItsLabel()
    {
        await _bench.ConsentAsync(purpose: CallJournal.Purpose);
        var id = _bench.Journal.Add(Call("nice", "positive"))!;

        await _bench.Journal.GiveAsync(App, id, new FeedbackNote(true, null, null));

        Assert.Equal("positive", Assert.Single(await _bench.Examples.ReadAsync(App, "language.judge")).Label);
        Assert.Equal(1, Assert.Single(await _bench.Journal.SummariseAsync()).Correct);
    }

    [Fact]
    public async Task Feedback_WithoutConsent_CountsButKeepsNoInput()
    {
        var id = _bench.Journal.Add(Call("private words", "positive"))!;

        var result = await _bench.Journal.GiveAsync(App, id, new FeedbackNote(false, "negative", null));
        _bench.Database.Dispose();

        Assert.Null(result.Dataset);
        Assert.Contains("training consent mail feedback grant", result.Reason, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_bench.Options.Value.Folder))
        {
            Assert.DoesNotContain("private words", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Feedback_OnCallsOfOthers_OrUnknownOnes_IsNotFound()
    {
        var id = _bench.Journal.Add(Call("x", "y"))!;

        foreach (var (owner, call) in new[] { (OtherApp, id), (App with { UserId = 1 }, id), (App, "0123456789abcdef") })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Journal.GiveAsync(owner, call, new FeedbackNote(true, null, null)));
            Assert.Equal(ErrorCode.NotFound, error.Code);
        }
    }

    [Fact]
    public async Task Feedback_ThatSaysNothingOrTooMuch_IsRefused()
    {
        var id = _bench.Journal.Add(Call("x", "y"))!;

        foreach (var note in new[] { new FeedbackNote(null, null, null), new FeedbackNote(null, string.Empty, null), new FeedbackNote(null, null, 1.5), new FeedbackNote(null, null, double.NaN) })
        {
            Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Journal.GiveAsync(App, id, note))).Code);
        }
    }

    [Fact]
    public async Task Journal_KeepsTheLatestCallsOfAnApp_ForTheirTime()
    {
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add(_bench.Journal.Add(Call($"{i}", "y"))!);
            if (i % 7 == 0) await _bench.Journal.FlushAsync(default);
        }

        await _bench.Journal.FlushAsync(default);
        foreach (var (id, i) in ids.Select(static (id, i) => (id, i)))
        {
            Assert.Equal(i >= 10, await CanGiveAsync(id));
        }

        _bench.Time.Advance(TimeSpan.FromDays(3));
        await _bench.Upkeep.RunOnceAsync(default);
        Assert.False(await CanGiveAsync(ids[^1]));
    }

    [Fact]
    public async Task Journal_ThatCannotKeepUp_GivesNoIds()
    {
        var ids = Enumerable.Range(0, 40).Select(i => _bench.Journal.Add(Call($"{i}", "y"))).ToList();
        await _bench.Journal.FlushAsync(default);
        var large = _bench.Journal.Add(Call(new string('x', 1001), "y"));

        Assert.Equal((30, 10), (ids.Count(static id => id is not null), ids.Count(static id => id is null)));
        Assert.Null(large);
        Assert.NotNull(_bench.Journal.Add(Call("again", "y")));
    }

    [Fact]
    public async Task Delete_Everything_ForgetsTheCallsToo()
    {
        var id = _bench.Journal.Add(Call("x", "y"))!;
        await _bench.Journal.FlushAsync(default);

        Assert.Equal(1, (await _bench.Examples.DeleteAsync(App)).Calls);
        Assert.False(await CanGiveAsync(id));
    }

    private static AnsweredCall Call(string text, string label) => new()
    {
        Owner = App,
        Method = "language.judge",
        Model = "judge@1.0.0",
        RequestHash = new byte[32],
        Kind = ExampleKind.Text,
        Input = System.Text.Encoding.UTF8.GetBytes(text),
        Label = label,
        Confidence = 0.9,
    };

    private async Task<bool> CanGiveAsync(string id)
    {
        try
        {
            await _bench.Journal.GiveAsync(App, id, new FeedbackNote(true, null, null));
            return true;
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return false;
        }
    }
}
