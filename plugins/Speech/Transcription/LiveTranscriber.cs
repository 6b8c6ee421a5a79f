using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Transcription.Recognition;

namespace EdgeHost.Plugins.Speech.Transcription;

/// <summary>
/// Writes down speech while it comes. Unfinished text is made beside the listening, one run at a time, seldom enough to leave most of the device to others. When a pause
/// begins the stretch is written down in advance: if it turns out to be the end, its text is there already. Not thread-safe.
/// </summary>
/// <param name="scanner">Finds the stretches.</param>
/// <param name="recogniser">Writes them down; stays the caller's.</param>
/// <param name="time">The clock.</param>
/// <param name="partials">Whether unfinished text is wanted.</param>
/// <param name="send">Takes items.</param>
internal sealed class LiveTranscriber(
    SpeechScanner scanner, ISpeechRecogniser recogniser, TimeProvider time, bool partials, Func<TranscriptItem, CancellationToken, ValueTask> send) : IAsyncDisposable
{
    private const int RestRuns = 2;
    private static readonly TimeSpan AdvancePause = TimeSpan.FromMilliseconds(224);
    private static readonly TimeSpan LeastNews = TimeSpan.FromMilliseconds(800);

    private RecognitionRun? _run;
    private RecognitionRun? _lastRun;
    private long _heardSpeech;
    private long _nextPartial;
    private string _text = string.Empty;
    private bool _wasSent;

    /// <summary>How many stretches had text.</summary>
    public int Segments { get; private set; }

    /// <summary>Takes what came.</summary>
    /// <param name="input">What came; whole windows are taken from it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask HearAsync(SampleQueue input, CancellationToken cancellationToken)
    {
        while (await scanner.NextAsync(input, cancellationToken).ConfigureAwait(false) is { WasJudged: true } next)
        {
            if (next.Ended is { } ended)
            {
                await EndAsync(ended, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (_run is { Heard.IsCompleted: true } done) await SendPartialAsync(done, cancellationToken).ConfigureAwait(false);

            if (_run is null && scanner is { IsSpeaking: true, Current: { } current } && IsDue(current)) Begin(current, cancellationToken);
        }
    }

    /// <summary>Ends the sound.</summary>
    /// <param name="input">What is left of it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask FinishAsync(SampleQueue input, CancellationToken cancellationToken)
    {
        if (await scanner.FinishAsync(input, cancellationToken).ConfigureAwait(false) is { } last) await EndAsync(last, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ForgetRunsAsync();

    private bool IsDue(SpeechSpan current)
    {
        if (scanner.SpeechWindows == _heardSpeech) return false;
        return scanner.Pause >= AdvancePause || (partials && current.End >= _nextPartial);
    }

    private void Begin(SpeechSpan span, CancellationToken cancellationToken)
    {
        _heardSpeech = scanner.SpeechWindows;
        _run = new RecognitionRun(span, _heardSpeech, scanner.SamplesOf(span).ToArray(), recogniser, time, cancellationToken);
    }

    private async ValueTask SendPartialAsync(RecognitionRun run, CancellationToken cancellationToken)
    {
        if (_lastRun is { } before) await before.DisposeAsync().ConfigureAwait(false);
        (_lastRun, _run) = (run, null);
        var (heard, took) = await run.Heard.ConfigureAwait(false);
        var rest = Math.Max(LeastNews.TotalSeconds, RestRuns * took.TotalSeconds);
        _nextPartial = scanner.Position + (long)(rest * AudioReader.SpeechRate);
        if (partials) await SendAsync(heard, run.Span, isFinal: false, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(SpeechSpan span, CancellationToken cancellationToken)
    {
        // Nothing was said since a run began: its words are those of the whole stretch.
        var inAdvance = new[] { _run, _lastRun }.FirstOrDefault(run => run?.Span.Start == span.Start && run.SpeechWindows == scanner.EndedSpeechWindows);
        if (inAdvance is null) await ForgetRunsAsync().ConfigureAwait(false);
        var heard = inAdvance is null
            ? await recogniser.RecogniseAsync(scanner.SamplesOf(span).ToArray(), cancellationToken).ConfigureAwait(false)
            : (await inAdvance.Heard.ConfigureAwait(false)).Heard;
        await ForgetRunsAsync().ConfigureAwait(false);
        await SendAsync(heard, span, isFinal: true, cancellationToken).ConfigureAwait(false);
        (_text, _wasSent, _heardSpeech, _nextPartial) = (string.Empty, false, 0, 0);
    }

    private async ValueTask ForgetRunsAsync()
    {
        var (run, lastRun) = (_run, _lastRun);
        (_run, _lastRun) = (null, null);
        if (run is not null) await run.DisposeAsync().ConfigureAwait(false);
        if (lastRun is not null) await lastRun.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask SendAsync(Recognised heard, SpeechSpan span, bool isFinal, CancellationToken cancellationToken)
    {
        // A mark at the end of unfinished text is a guess that the next word proves wrong.
        var text = isFinal ? heard.Text : heard.Text.TrimEnd('.', ',', '!', '?', ';', ':', '…');
        if (!_wasSent && text.Length == 0) return;
        if (!isFinal && text == _text) return;
        var isRevised = !text.StartsWith(_text, StringComparison.Ordinal);
        (_text, _wasSent) = (text, true);
        await send(
            new TranscriptItem { Segment = Segments, Text = text, IsFinal = isFinal, IsRevised = isRevised, StartMs = span.StartMs, EndMs = span.EndMs, IsCut = heard.IsCut },
            cancellationToken).ConfigureAwait(false);
        if (isFinal) Segments++;
    }
}
