using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>
/// A voice session: a keyword (or speech) opens a turn, what is said is written down, the app answers, its answer is spoken; speech, a keyword or the app stops it. Times are those of
/// the sound that came; only how long an answer sounds goes by the clock. Members are called one at a time.
/// </summary>
/// <param name="options">How it goes.</param>
/// <param name="keywords">Hears keywords, stays the caller's; null: every speech opens a turn.</param>
/// <param name="listen">Opens what hears a turn.</param>
/// <param name="voice">Speaks the answers; stays the caller's.</param>
/// <param name="time">The clock.</param>
/// <param name="send">Takes events, one at a time.</param>
internal sealed class VoiceSession(
    ConversationOptions options,
    IKeywordListener? keywords,
    Func<CancellationToken, ValueTask<ITurnListener>> listen,
    ISentenceSpeaker voice,
    TimeProvider time,
    Func<ConversationEvent, CancellationToken, ValueTask> send) : IAsyncDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private ITurnListener? _listener;
    private AnswerSpeech? _answer;
    private long? _listenUntil;
    private long _position;

    /// <summary>Where it stands.</summary>
    public ConversationState State { get; private set; }

    /// <summary>How often something was said.</summary>
    public int Turns { get; private set; }

    /// <summary>Whether the answer that goes on was sent to its end; it may still sound.</summary>
    public bool WasSpoken => _answer is { WasSpoken: true };

    private long Now => Interlocked.Read(ref _position) / (AudioReader.SpeechRate / 1000);

    /// <summary>Begins.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public ValueTask StartAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

    /// <summary>Takes sound.</summary>
    /// <param name="samples">16,000 a second, from -1 to 1; some tens of milliseconds, for that is how exact it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As models and engines say.</exception>
    public async ValueTask HearAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _position, samples.Length);
        _answer?.ThrowIfFailed();
        if (keywords is not null && await keywords.HearAsync(samples, cancellationToken).ConfigureAwait(false) is { } hit && State != ConversationState.Listening)
        {
            await InterruptAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(new ConversationEvent { Kind = ConversationEventKind.Keyword, TimeMs = Now, Keyword = hit.Keyword, Score = hit.Score }, cancellationToken).ConfigureAwait(false);
            await ListenAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (State == ConversationState.Answering && _answer!.WasPlayed) await GoOnAsync(cancellationToken).ConfigureAwait(false);
        if (_listener is null) return;
        var heard = await _listener.HearAsync(samples, cancellationToken).ConfigureAwait(false);
        if (State == ConversationState.Answering && (heard.IsSpeaking || heard.Said is not null))
        {
            // What stopped the answer is the beginning of the next turn.
            await InterruptAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(ConversationEventKind.Listening, cancellationToken).ConfigureAwait(false);
            (State, _listenUntil) = (ConversationState.Listening, ListenLimit());
        }

        if (State == ConversationState.Listening) await TakeAsync(heard, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes text of the answer. What belongs to another turn, or comes when nothing is to be answered, is dropped.</summary>
    /// <param name="text">The next piece.</param>
    /// <param name="turn">The turn that it answers; null: the one that is to be answered.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: too much waits to be spoken.</exception>
    public void Say(string text, int? turn) => AnswerTo(turn)?.Add(text);

    /// <summary>Ends the answer.</summary>
    /// <param name="turn">As in <see cref="Say"/>.</param>
    public void EndAnswer(int? turn) => AnswerTo(turn)?.End();

    /// <summary>Stops the answer, because the app wants it.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask StopAnswerAsync(CancellationToken cancellationToken)
    {
        if (State != ConversationState.Answering) return;
        await InterruptAsync(cancellationToken).ConfigureAwait(false);
        await GoOnAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the session: what is being said is written down, what is being answered is spoken.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As models and engines say.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (State == ConversationState.Listening && _listener is not null && await _listener.FinishAsync(cancellationToken).ConfigureAwait(false) is { Said: { } said })
        {
            Turns++;
            await SendAsync(new ConversationEvent { Kind = ConversationEventKind.Said, TimeMs = Now, Text = said, Turn = Turns - 1 }, cancellationToken).ConfigureAwait(false);
        }

        if (_answer is null) return;
        _answer.End();
        await _answer.WhenSpokenAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_answer is not null) await _answer.DisposeAsync().ConfigureAwait(false);
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        (_answer, _listener) = (null, null);
        _sending.Dispose();
    }

    private async ValueTask TakeAsync(TurnHeard heard, CancellationToken cancellationToken)
    {
        if (heard.Said is { } said)
        {
            await ForgetListenerAsync().ConfigureAwait(false);
            var turn = Turns++;
            (State, _listenUntil) = (ConversationState.Answering, null);
            _answer = new AnswerSpeech(turn, voice, options, time, () => Now, SendAsync, cancellationToken);
            if (options.BargeIn) _listener = await listen(cancellationToken).ConfigureAwait(false);
            await SendAsync(new ConversationEvent { Kind = ConversationEventKind.Said, TimeMs = Now, Text = said, Turn = turn }, cancellationToken).ConfigureAwait(false);
        }
        else if (heard.Partial is { } partial)
        {
            await SendAsync(new ConversationEvent { Kind = ConversationEventKind.Partial, TimeMs = Now, Text = partial, Turn = Turns }, cancellationToken).ConfigureAwait(false);
        }
        else if (!heard.IsSpeaking && Interlocked.Read(ref _position) >= _listenUntil)
        {
            await SendAsync(ConversationEventKind.NothingSaid, cancellationToken).ConfigureAwait(false);
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private AnswerSpeech? AnswerTo(int? turn)
    {
        _answer?.ThrowIfFailed();
        return State == ConversationState.Answering && (turn is null || turn == _answer!.Turn) ? _answer : null;
    }

    // After an answer.
    private async ValueTask GoOnAsync(CancellationToken cancellationToken)
    {
        if (_answer is not null) await _answer.DisposeAsync().ConfigureAwait(false);
        _answer = null;
        if (options.FollowUp && keywords is not null) await ListenAsync(cancellationToken).ConfigureAwait(false);
        else await WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await ForgetListenerAsync().ConfigureAwait(false);
        (State, _listenUntil) = (keywords is null ? ConversationState.Listening : ConversationState.Waiting, null);
        if (keywords is null) _listener = await listen(cancellationToken).ConfigureAwait(false);
        await SendAsync(ConversationEventKind.Waiting, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ListenAsync(CancellationToken cancellationToken)
    {
        await ForgetListenerAsync().ConfigureAwait(false);
        _listener = await listen(cancellationToken).ConfigureAwait(false);
        (State, _listenUntil) = (ConversationState.Listening, ListenLimit());
        await SendAsync(ConversationEventKind.Listening, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask InterruptAsync(CancellationToken cancellationToken)
    {
        if (_answer is not { } answer) return;
        _answer = null;
        await answer.DisposeAsync().ConfigureAwait(false);
        await SendAsync(new ConversationEvent { Kind = ConversationEventKind.Interrupted, TimeMs = Now, Turn = answer.Turn }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ForgetListenerAsync()
    {
        if (_listener is not { } listener) return;
        _listener = null;
        await listener.DisposeAsync().ConfigureAwait(false);
    }

    // Without keywords speech may begin whenever it likes.
    private long? ListenLimit() => keywords is null ? null : Interlocked.Read(ref _position) + (long)(options.Listen.TotalSeconds * AudioReader.SpeechRate);

    private ValueTask SendAsync(ConversationEventKind kind, CancellationToken cancellationToken) => SendAsync(new ConversationEvent { Kind = kind, TimeMs = Now }, cancellationToken);

    private async ValueTask SendAsync(ConversationEvent happened, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await send(happened, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
