using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Synthesis;
using EdgeHost.Plugins.Text.Sentences;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>
/// Speaks one answer beside the listening, sentence by sentence as its text comes. It is played by the app as long as it sounds, so it goes on for that long after its last piece was
/// sent. Thread-safe.
/// </summary>
internal sealed class AnswerSpeech : IAsyncDisposable
{
    private readonly ISentenceSpeaker _voice;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<ConversationEvent, CancellationToken, ValueTask> _send;
    private readonly Func<long> _now;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Lock _gate = new();
    private readonly Task _speaking;
    private string _text = string.Empty;
    private bool _isComplete;
    private long _playedAt;

    /// <summary>Begins an answer.</summary>
    /// <param name="turn">The turn that it answers.</param>
    /// <param name="voice">Speaks; stays the caller's, who uses it for one answer at a time.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock that sound is played by.</param>
    /// <param name="now">How much sound of the session was heard, in milliseconds.</param>
    /// <param name="send">Takes events; called by one at a time here.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public AnswerSpeech(
        int turn, ISentenceSpeaker voice, ConversationOptions options, TimeProvider time, Func<long> now, Func<ConversationEvent, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        (Turn, _voice, _options, _time, _now, _send) = (turn, voice, options, time, now, send);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = _stop.Token;
        _speaking = Task.Run(() => SpeakAsync(stopped), CancellationToken.None);
    }

    /// <summary>The turn that it answers.</summary>
    public int Turn { get; }

    /// <summary>Whether its last piece was sent.</summary>
    public bool WasSpoken => _speaking.IsCompletedSuccessfully;

    /// <summary>Whether it has sounded to its end.</summary>
    public bool WasPlayed => WasSpoken && _time.GetTimestamp() >= Volatile.Read(ref _playedAt);

    /// <summary>Adds text.</summary>
    /// <param name="text">The next piece, cut anywhere.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: too much waits to be spoken.</exception>
    public void Add(string text)
    {
        lock (_gate)
        {
            if (_isComplete) return;
            if (_text.Length + text.Length > _options.LongestAnswer)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted, $"More than {_options.LongestAnswer} characters of the answer wait to be spoken. Send it as it is spoken, or raise the plugin's setting 'synthesis:max_characters'.");
            }

            _text += text;
        }

        Wake();
    }

    /// <summary>Says that no more text comes.</summary>
    public void End()
    {
        lock (_gate) _isComplete = true;
        Wake();
    }

    /// <summary>Throws what made it fail, if it did.</summary>
    public void ThrowIfFailed()
    {
        if (_speaking.IsFaulted) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_speaking.Exception!.InnerException!);
    }

    /// <summary>Waits until its last piece was sent.</summary>
    public Task WhenSpokenAsync() => _speaking;

    /// <summary>Stops it: nothing of it is sent any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _news.Dispose();
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
    }

    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (sentence, isComplete) = Next();
            if (sentence is not null) await SpeakAsync(sentence, cancellationToken).ConfigureAwait(false);
            else if (isComplete) break;
            else await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await _send(new ConversationEvent { Kind = ConversationEventKind.Spoken, TimeMs = _now(), Turn = Turn }, cancellationToken).ConfigureAwait(false);
    }

    private (string? Sentence, bool IsComplete) Next()
    {
        lock (_gate)
        {
            if (SentenceSplitter.Next(_text, 0, _options.LongestSentence, _isComplete) is not { } next) return (null, _isComplete);
            var sentence = _text.Substring(next.Start, next.Length);
            _text = _text[(next.Start + next.Length)..];
            return (sentence, _isComplete);
        }
    }

    private async ValueTask SpeakAsync(string sentence, CancellationToken cancellationToken)
    {
        var sound = await _voice.SpeakAsync(sentence.AsMemory(), cancellationToken).ConfigureAwait(false);
        var rate = _voice.SampleRate;
        var text = (string?)sentence;
        foreach (var piece in SoundPieces.Of(sound, rate))
        {
            var length = (long)((double)piece.Length / sizeof(short) / rate * _time.TimestampFrequency);
            Volatile.Write(ref _playedAt, Math.Max(_playedAt, _time.GetTimestamp()) + length);
            await _send(
                new ConversationEvent { Kind = ConversationEventKind.Speech, TimeMs = _now(), Turn = Turn, Text = text, Audio = piece, SampleRateHz = rate }, cancellationToken).ConfigureAwait(false);
            text = null;
        }
    }
}
