using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Transcription;
using EdgeHost.Plugins.Speech.Transcription.Recognition;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Hears by voice activity and transcription. Not thread-safe.</summary>
internal sealed class LiveTurnListener : ITurnListener
{
    private readonly SpeechDetector _detector;
    private readonly SpeechScanner _scanner;
    private readonly LiveTranscriber _live;
    private readonly SampleQueue _input = new();
    private readonly List<string> _said = [];
    private string? _partial;

    /// <summary>Begins to hear.</summary>
    /// <param name="detector">Judges windows; disposed with this.</param>
    /// <param name="recogniser">Writes down; stays the caller's.</param>
    /// <param name="pause">How long a pause ends what is said; null: half a second.</param>
    /// <param name="time">The clock.</param>
    public LiveTurnListener(SpeechDetector detector, ISpeechRecogniser recogniser, TimeSpan? pause, TimeProvider time)
    {
        _detector = detector;
        _scanner = new SpeechScanner(detector, TranscriptionEndpoints.For(recogniser.Longest, pause));
        _live = new LiveTranscriber(_scanner, recogniser, time, partials: true, TakeAsync);
    }

    public async ValueTask<TurnHeard> HearAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        samples.Span.CopyTo(_input.Append(samples.Length));
        await _live.HearAsync(_input, cancellationToken).ConfigureAwait(false);
        return Heard();
    }

    public async ValueTask<TurnHeard> FinishAsync(CancellationToken cancellationToken)
    {
        await _live.FinishAsync(_input, cancellationToken).ConfigureAwait(false);
        return Heard();
    }

    public async ValueTask DisposeAsync()
    {
        await _live.DisposeAsync().ConfigureAwait(false);
        _detector.Dispose();
    }

    private ValueTask TakeAsync(TranscriptItem item, CancellationToken cancellationToken)
    {
        if (!item.IsFinal) _partial = item.Text;
        else if (item.Text.Length > 0) _said.Add(item.Text);
        return ValueTask.CompletedTask;
    }

    private TurnHeard Heard()
    {
        var heard = new TurnHeard(_scanner.IsSpeaking, _partial, _said.Count == 0 ? null : string.Join(' ', _said));
        _partial = null;
        _said.Clear();
        return heard;
    }
}
