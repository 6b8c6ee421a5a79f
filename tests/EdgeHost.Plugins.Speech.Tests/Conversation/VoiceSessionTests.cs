using System.Collections.Concurrent;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Conversation;
using EdgeHost.Plugins.Speech.Keywords;

namespace EdgeHost.Plugins.Speech.Tests.Conversation;

/// <summary>The session by itself: what is heard is a script, what speaks is silence of a known length.</summary>
public sealed class VoiceSessionTests : IAsyncDisposable
{
    private const int BlockSamples = 16_000 / 10;
    private readonly ConcurrentQueue<ConversationEvent> _events = [];
    private readonly Queue<char> _script = [];
    private readonly StillClock _clock = new();
    private readonly Keyword _keyword = new();
    private readonly Voice _voice = new();
    private VoiceSession? _session;

    public async ValueTask DisposeAsync()
    {
        _voice.Go.TrySetResult();
        if (_session is not null) await _session.DisposeAsync();
    }

    [Fact]
    public async Task Turn_GoesFromKeywordToAnswerAndBack()
    {
        var session = await StartAsync(new ConversationOptions());
        await HearAsync("....");
        await SayKeywordAsync();
        await HearAsync("..ssppsS");
        session.Say("Hello. How are", turn: 0);
        session.Say(" you?", turn: null);
        session.EndAnswer(turn: 0);
        await UntilAsync(ConversationEventKind.Spoken);
        await HearAsync("..");
        Assert.Equal("Waiting Keyword Listening Partial Partial Said Speech Speech Spoken", Kinds());
        _clock.Advance(TimeSpan.FromSeconds(2));
        await HearAsync(".");
        Assert.Equal(ConversationEventKind.Waiting, _events.Last().Kind);
        Assert.Equal(["Hello.", "How are you?"], _events.Where(e => e.Kind == ConversationEventKind.Speech).Select(e => e.Text));
        Assert.All(_events.Where(e => e.Kind is ConversationEventKind.Partial or ConversationEventKind.Said or ConversationEventKind.Speech or ConversationEventKind.Spoken), e => Assert.Equal(0, e.Turn));
        Assert.Equal(("jarvis", 500), (_events.Single(e => e.Kind == ConversationEventKind.Keyword).Keyword, _events.Single(e => e.Kind == ConversationEventKind.Keyword).TimeMs));
        Assert.Equal(1, session.Turns);
    }

    [Fact]
    public async Task NobodySpeaking_EndsTheListening()
    {
        await StartAsync(new ConversationOptions { Listen = TimeSpan.FromSeconds(1) });
        await SayKeywordAsync();
        await HearAsync(new string('.', 12));
        Assert.Equal("Waiting Keyword Listening NothingSaid Waiting", Kinds());
        Assert.Equal(1100, _events.Single(e => e.Kind == ConversationEventKind.NothingSaid).TimeMs);
    }

    [Fact]
    public async Task SpeechAtTheEndOfTheListening_IsHeardToItsEnd()
    {
        await StartAsync(new ConversationOptions { Listen = TimeSpan.FromSeconds(1) });
        await SayKeywordAsync();
        await HearAsync("........ssssssssS");
        Assert.Equal("Waiting Keyword Listening Said", Kinds());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speech_StopsTheAnswerAndBeginsTheNextTurn(bool wasSent)
    {
        var session = await StartAsync(new ConversationOptions());
        await SayKeywordAsync();
        await HearAsync("sS");
        if (!wasSent) _voice.Hold();
        session.Say("A long answer. And more of it.", turn: 0);
        session.EndAnswer(turn: 0);
        if (wasSent) await UntilAsync(ConversationEventKind.Spoken);
        await HearAsync(".ssS");
        session.Say("Late words for the first turn.", turn: 0);
        session.Say("Yes.", turn: 1);
        _voice.Go.TrySetResult();
        session.EndAnswer(turn: 1);
        await UntilAsync(ConversationEventKind.Spoken, turn: 1);
        Assert.EndsWith("Interrupted Listening Said Speech Spoken", Kinds(), StringComparison.Ordinal);
        Assert.Equal("Yes.", _events.Last(e => e.Kind == ConversationEventKind.Speech).Text);
        Assert.Equal(wasSent ? 2 : 0, _events.Count(e => e.Kind == ConversationEventKind.Speech && e.Turn == 0));
        Assert.Equal(2, session.Turns);
    }

    [Fact]
    public async Task WithoutBargeIn_OnlyTheKeywordStops()
    {
        var session = await StartAsync(new ConversationOptions { BargeIn = false });
        await SayKeywordAsync();
        await HearAsync("S");
        session.Say("An answer.", turn: null);
        await HearAsync("ssss");
        Assert.DoesNotContain(_events, e => e.Kind == ConversationEventKind.Interrupted);
        await SayKeywordAsync();
        Assert.EndsWith("Interrupted Keyword Listening", Kinds(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_StopsItsAnswer()
    {
        var session = await StartAsync(new ConversationOptions());
        await session.StopAnswerAsync(CancellationToken.None);
        await SayKeywordAsync();
        await HearAsync("S");
        _voice.Hold();
        session.Say("An answer.", turn: null);
        await session.StopAnswerAsync(CancellationToken.None);
        Assert.Equal("Waiting Keyword Listening Said Interrupted Waiting", Kinds());
        session.Say("Too late.", turn: null);
        await HearAsync("..");
        Assert.DoesNotContain(_events, e => e.Kind == ConversationEventKind.Speech);
    }

    [Fact]
    public async Task FollowUp_ListensWithoutAKeyword()
    {
        var session = await StartAsync(new ConversationOptions { FollowUp = true });
        await SayKeywordAsync();
        await HearAsync("S");
        session.EndAnswer(turn: null);
        await UntilAsync(ConversationEventKind.Spoken);
        await HearAsync(".");
        Assert.Equal("Waiting Keyword Listening Said Spoken Listening", Kinds());
    }

    [Fact]
    public async Task WithoutKeywords_SpeechOpensATurn()
    {
        var session = await StartAsync(new ConversationOptions { Listen = TimeSpan.FromMilliseconds(500) }, withKeyword: false);
        await HearAsync(".............ssS");
        session.EndAnswer(turn: null);
        await UntilAsync(ConversationEventKind.Spoken);
        await HearAsync("......sS");
        Assert.Equal("Waiting Said Spoken Waiting Said", Kinds());
    }

    [Fact]
    public async Task AnswerThatPilesUp_IsRefused()
    {
        var session = await StartAsync(new ConversationOptions { LongestAnswer = 100 }, withKeyword: false);
        await HearAsync("S");
        _voice.Hold();
        session.Say("An answer. ", turn: null);
        var error = Assert.Throws<EdgeHostException>(() =>
        {
            for (var i = 0; i < 100; i++) session.Say("and so on ", turn: null);
        });
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
    }

    [Fact]
    public async Task VoiceThatFails_EndsTheSession()
    {
        var session = await StartAsync(new ConversationOptions(), withKeyword: false);
        await HearAsync("S");
        _voice.Fail = true;
        session.Say("An answer.", turn: null);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await session.FinishAsync(CancellationToken.None));
        Assert.Equal(ErrorCode.Unavailable, error.Code);
    }

    [Fact]
    public async Task End_WritesDownWhatIsSaid()
    {
        var session = await StartAsync(new ConversationOptions(), withKeyword: false);
        await HearAsync("ss");
        _script.Enqueue('S');
        await session.FinishAsync(CancellationToken.None);
        Assert.Equal("Waiting Said", Kinds());
        Assert.Equal(1, session.Turns);
    }

    private async Task<VoiceSession> StartAsync(ConversationOptions options, bool withKeyword = true)
    {
        _session = new VoiceSession(
            options,
            withKeyword ? _keyword : null,
            _ => new(new ScriptedTurn(_script)),
            _voice,
            _clock,
            (happened, _) =>
            {
                _events.Enqueue(happened);
                return ValueTask.CompletedTask;
            });
        await _session.StartAsync(CancellationToken.None);
        return _session;
    }

    private async Task HearAsync(string script)
    {
        // What is only waited through is not asked of the script.
        foreach (var step in script)
        {
            _script.Clear();
            _script.Enqueue(step);
            await _session!.HearAsync(new float[BlockSamples], CancellationToken.None);
        }
    }

    private async Task SayKeywordAsync()
    {
        _keyword.IsNext = true;
        await _session!.HearAsync(new float[BlockSamples], CancellationToken.None);
    }

    private async Task UntilAsync(ConversationEventKind kind, int? turn = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_events.Any(e => e.Kind == kind && (turn is null || e.Turn == turn))) await Task.Delay(5, limit.Token);

        // Sent, and so known to the session, too.
        while (kind == ConversationEventKind.Spoken && !_session!.WasSpoken) await Task.Delay(5, limit.Token);
    }

    private string Kinds() => string.Join(' ', _events.Select(e => e.Kind));

    private sealed class Keyword : IKeywordListener
    {
        public bool IsNext { get; set; }

        public ValueTask<KeywordHit?> HearAsync(ReadOnlyMemory<float> samples16k, CancellationToken cancellationToken)
        {
            var hit = IsNext ? new KeywordHit("jarvis", 0, 0.9f) : default(KeywordHit?);
            IsNext = false;
            return new(hit);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Half a second for any sentence.</summary>
    private sealed class Voice : ISentenceSpeaker
    {
        public TaskCompletionSource Go { get; private set; } = Opened();

        public bool Fail { get; set; }

        public int SampleRate => 8000;

        public void Hold() => Go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<ReadOnlyMemory<byte>> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken)
        {
            await Go.Task.WaitAsync(cancellationToken);
            if (Fail) throw new EdgeHostException(ErrorCode.Unavailable, "No voice.");
            return new byte[1600];
        }

        private static TaskCompletionSource Opened()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}
