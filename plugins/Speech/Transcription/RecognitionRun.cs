using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Transcription.Recognition;

namespace EdgeHost.Plugins.Speech.Transcription;

/// <summary>A stretch that is being written down beside the listening. Not thread-safe.</summary>
internal sealed class RecognitionRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;

    /// <summary>Begins.</summary>
    /// <param name="span">The stretch.</param>
    /// <param name="speechWindows">Windows of speech in it.</param>
    /// <param name="samples">Its samples; stay as they are.</param>
    /// <param name="recogniser">Writes it down.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public RecognitionRun(SpeechSpan span, long speechWindows, float[] samples, ISpeechRecogniser recogniser, TimeProvider time, CancellationToken cancellationToken)
    {
        (Span, SpeechWindows) = (span, speechWindows);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = _stop.Token;
        Heard = Task.Run(
            async () =>
            {
                var begun = time.GetTimestamp();
                var heard = await recogniser.RecogniseAsync(samples, stopped).ConfigureAwait(false);
                return (heard, time.GetElapsedTime(begun));
            },
            stopped);
    }

    /// <summary>The stretch.</summary>
    public SpeechSpan Span { get; }

    /// <summary>Windows of speech in it: another stretch from the same start with as many has the same words.</summary>
    public long SpeechWindows { get; }

    /// <summary>What was heard, and how long that took.</summary>
    public Task<(Recognised Heard, TimeSpan Took)> Heard { get; }

    /// <summary>Stops it, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)Heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
