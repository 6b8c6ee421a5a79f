using EdgeHost.Host.Training;
using EdgeHost.Learning;
using EdgeHost.Learning.Drift;
using EdgeHost.Learning.Feedback;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Tests.Training;

/// <summary>What a plugin says of its answers is not trusted.</summary>
public sealed class AnswerJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly AnswerJournal _journal;

    public AnswerJournalTests()
    {
        _services = new ServiceCollection()
            .AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None))
            .AddEdgeHostLearning(options => options.Folder = _folder.Combine("learning"))
            .BuildServiceProvider();
        _journal = new AnswerJournal(_services.GetRequiredService<CallJournal>(), _services.GetRequiredService<DriftMonitor>());
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Add_LeavesOutWhatIsOutOfBounds()
    {
        var answer = new AnswerReport
        {
            Label = new string('x', 257),
            Confidence = 1.5,
            Measures = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["length"] = 3, ["No Name"] = 1, ["confidence"] = 1, [string.Empty] = 1, ["broken"] = double.NaN, [new string('a', 65)] = 1,
            },
        };

        var id = _journal.Add(Call(wantsId: true), ["judge@1.0.0"], answer);

        Assert.NotNull(id);
        var reading = Assert.Single(await _services.GetRequiredService<DriftMonitor>().ReadAsync());
        Assert.Equal(("judge@1.0.0", "length", 1L), (reading.Model, reading.Measure, reading.Calls));
    }

    [Fact]
    public async Task Add_ForACallerWhoLearnsNoId_KeepsNoCall_ButWatches()
    {
        var id = _journal.Add(Call(wantsId: false), ["judge@1.0.0"], new AnswerReport { Confidence = 0.5 });
        await _services.GetRequiredService<CallJournal>().FlushAsync();

        Assert.Null(id);
        Assert.Empty(await _services.GetRequiredService<CallJournal>().SummariseAsync());
        Assert.Equal(DriftMonitor.Confidence, Assert.Single(await _services.GetRequiredService<DriftMonitor>().ReadAsync()).Measure);
    }

    [Theory]
    [InlineData("eye@1.0.0", AnswerInputKind.Features, "language.judge.eye.1.0.0")]
    [InlineData("eye@1.0.0", AnswerInputKind.Text, "language.judge")]
    [InlineData(null, AnswerInputKind.Features, "language.judge")]
    public async Task Add_OfFeatures_NamesTheDatasetOfTheirEncoder(string? encoder, AnswerInputKind kind, string dataset)
    {
        var call = Call(wantsId: true);
        var owner = Learning.Examples.ExampleOwner.Of(call.App);
        await _services.GetRequiredService<Learning.Consents.ConsentStore>().SetAsync(owner, CallJournal.Purpose, isGranted: true);
        var id = _journal.Add(call, ["judge@1.0.0"], new AnswerReport { Label = "a", Kind = kind, Input = new byte[8], Encoder = encoder });

        var result = await _services.GetRequiredService<CallJournal>().GiveAsync(owner, id!, new FeedbackNote(true, null, null));

        Assert.Equal(dataset, result.Dataset);
    }

    private static CapabilityInvocation Call(bool wantsId)
        => new() { Method = "language.judge", Body = new byte[] { 0x80 }, App = new AppIdentity("mail", 1000, 1), WantsCallId = wantsId };
}
