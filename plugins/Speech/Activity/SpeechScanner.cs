using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>
/// Finds the stretches of speech in a sound that comes block by block, and keeps the samples of the one that is going on, at most <see cref="EndpointOptions.Longest"/> of
/// them. Not thread-safe.
/// </summary>
/// <param name="detector">Judges windows; stays the caller's.</param>
/// <param name="options">What a stretch is.</param>
internal sealed class SpeechScanner(SpeechDetector detector, EndpointOptions options)
{
    private const int BlockSamples = 4096;
    private readonly Endpointer _endpointer = new(options);
    private readonly int _preRoll = (int)(options.Pad.TotalSeconds * AudioReader.SpeechRate) + Endpointer.WindowSamples;
    private readonly SampleQueue _audio = new();
    private readonly float[] _window = new float[Endpointer.WindowSamples];
    private long _audioStart;

    /// <summary>Samples that were judged.</summary>
    public long Position { get; private set; }

    /// <summary>How likely the last window was speech, 0 to 1.</summary>
    public float Probability { get; private set; }

    /// <summary>Whether somebody is speaking, by what was heard so far.</summary>
    public bool IsSpeaking => _endpointer.IsSpeaking;

    /// <summary>Windows of speech in the stretch that goes on.</summary>
    public long SpeechWindows => _endpointer.SpeechWindows;

    /// <summary>Windows of speech in the stretch that ended last.</summary>
    public long EndedSpeechWindows => _endpointer.EndedSpeechWindows;

    /// <summary>How long the pause is that the stretch has at its end now.</summary>
    public TimeSpan Pause => _endpointer.Pause;

    /// <summary>The stretch that goes on, up to what was judged, or null.</summary>
    public SpeechSpan? Current => _endpointer.Start is { } start ? new SpeechSpan(start, Position) : null;

    /// <summary>Judges a whole sound, to its end.</summary>
    /// <param name="source">The sound.</param>
    /// <param name="ended">Called with each stretch when it has ended, while <see cref="SamplesOf"/> has its samples.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <exception cref="EdgeHostException">As <see cref="SpeechDetector.JudgeAsync"/> and <see cref="ISampleSource.Read"/> say, and what <paramref name="ended"/> throws.</exception>
    public async ValueTask ScanAsync(ISampleSource source, Func<SpeechSpan, ValueTask> ended, CancellationToken cancellationToken)
    {
        var (input, block) = (new SampleQueue(), new float[BlockSamples]);
        while (source.Read(block) is > 0 and var count)
        {
            block.AsSpan(0, count).CopyTo(input.Append(count));
            while (await NextAsync(input, cancellationToken).ConfigureAwait(false) is { WasJudged: true } next)
            {
                if (next.Ended is { } span) await ended(span).ConfigureAwait(false);
            }
        }

        if (await FinishAsync(input, cancellationToken).ConfigureAwait(false) is { } last) await ended(last).ConfigureAwait(false);
    }

    /// <summary>Judges the next window of what came.</summary>
    /// <param name="input">What came; the window is taken from it.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>Whether there was a whole window, and the stretch that ended with it.</returns>
    /// <exception cref="EdgeHostException">As <see cref="SpeechDetector.JudgeAsync"/> says.</exception>
    public async ValueTask<(bool WasJudged, SpeechSpan? Ended)> NextAsync(SampleQueue input, CancellationToken cancellationToken)
    {
        if (input.Count < _window.Length) return (false, null);
        input.Read(_window);
        return (true, await JudgeAsync(_window.Length, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Judges what is left at the end of the sound, less than a window.</summary>
    /// <param name="input">What is left.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>The stretch that ends with the sound, or null.</returns>
    /// <exception cref="EdgeHostException">As <see cref="SpeechDetector.JudgeAsync"/> says.</exception>
    public async ValueTask<SpeechSpan?> FinishAsync(SampleQueue input, CancellationToken cancellationToken)
    {
        var rest = input.Read(_window);
        var ended = default(SpeechSpan?);
        if (rest > 0)
        {
            _window.AsSpan(rest).Clear();
            ended = await JudgeAsync(rest, cancellationToken).ConfigureAwait(false);
        }

        var last = _endpointer.Finish(Position);
        return ended is { } span ? span with { End = Math.Min(span.End, Position) } : last;
    }

    /// <summary>The samples of a stretch that has just ended or goes on; valid until the next window.</summary>
    /// <param name="span">The stretch.</param>
    public ReadOnlySpan<float> SamplesOf(SpeechSpan span)
    {
        var from = (int)Math.Max(0, span.Start - _audioStart);
        return _audio.Waiting[from..(int)Math.Clamp(span.End - _audioStart, from, _audio.Count)];
    }

    private async ValueTask<SpeechSpan?> JudgeAsync(int count, CancellationToken cancellationToken)
    {
        Forget();
        _window.AsSpan(0, count).CopyTo(_audio.Append(count));
        Probability = await detector.JudgeAsync(_window, cancellationToken).ConfigureAwait(false);
        Position += count;
        return _endpointer.Feed(Probability);
    }

    // What is before the stretch that goes on, or may begin, is not needed any more.
    private void Forget()
    {
        var needed = _endpointer.Start ?? Math.Max(0, Position - _preRoll);
        if (needed <= _audioStart) return;
        _audio.Drop((int)(needed - _audioStart));
        _audioStart = needed;
    }
}
