using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>Makes stretches of speech of the probabilities of windows, one after another. Not thread-safe.</summary>
internal sealed class Endpointer(EndpointOptions options)
{
    /// <summary>Samples of a window: 32 ms.</summary>
    public const int WindowSamples = 512;

    private readonly int _minSilence = WindowsIn(options.MinSilence);
    private readonly int _minSpeech = WindowsIn(options.MinSpeech);
    private readonly int _longest = WindowsIn(options.Longest);
    private readonly long _pad = (long)(options.Pad.TotalSeconds * AudioReader.SpeechRate);
    private readonly float[] _late = new float[Math.Max(1, WindowsIn(options.CutWithin))];
    private long _window;
    private long _start;
    private long _lastEnd;
    private int _silentWindows;

    /// <summary>Windows of speech in the stretch that goes on.</summary>
    public long SpeechWindows { get; private set; }

    /// <summary>Windows of speech in the stretch that ended last.</summary>
    public long EndedSpeechWindows { get; private set; }

    /// <summary>Whether somebody is speaking, by what was heard so far: long enough not to be left out.</summary>
    public bool IsSpeaking => SpeechWindows > 0 && SpeechWindows >= _minSpeech;

    /// <summary>Where the stretch begins that may become one, or null: nobody speaks.</summary>
    public long? Start => SpeechWindows > 0 ? Math.Max(_lastEnd, (_start * WindowSamples) - _pad) : null;

    /// <summary>How long the pause is that the stretch has at its end now.</summary>
    public TimeSpan Pause => TimeSpan.FromSeconds((double)_silentWindows * WindowSamples / AudioReader.SpeechRate);

    /// <summary>Takes the next window.</summary>
    /// <param name="probability">How likely it is speech, 0 to 1.</param>
    /// <returns>The stretch that ended with it, or null.</returns>
    public SpeechSpan? Feed(float probability)
    {
        _late[_window % _late.Length] = probability;
        _window++;
        if (SpeechWindows == 0)
        {
            if (probability < options.Threshold) return null;
            (_start, SpeechWindows, _silentWindows) = (_window - 1, 1, 0);
            return null;
        }

        if (probability >= options.Threshold)
        {
            SpeechWindows++;
            _silentWindows = 0;
        }
        else if (probability < options.Threshold - options.Hysteresis)
        {
            _silentWindows++;
        }

        if (_silentWindows >= _minSilence) return End(_window - _silentWindows);
        return _window - _start >= _longest ? Cut() : null;
    }

    /// <summary>Ends the sound.</summary>
    /// <param name="samples">How many samples it had.</param>
    /// <returns>The stretch that ends with it, or null.</returns>
    public SpeechSpan? Finish(long samples)
    {
        if (SpeechWindows == 0) return null;
        return End(_window - _silentWindows) is { } span && span.Start < samples ? span with { End = Math.Min(span.End, samples) } : null;
    }

    private SpeechSpan? End(long window)
    {
        var (start, isLongEnough) = (Start!.Value, SpeechWindows >= _minSpeech);
        (EndedSpeechWindows, SpeechWindows, _silentWindows) = (SpeechWindows, 0, 0);
        if (!isLongEnough) return null;
        return Close(start, Math.Min((window * WindowSamples) + _pad, _window * WindowSamples));
    }

    // The next stretch begins where this one was cut.
    private SpeechSpan Cut()
    {
        var quietest = _window - 1;
        for (var window = Math.Max(_start + 1, _window - _late.Length); window < _window; window++)
        {
            if (_late[window % _late.Length] < _late[quietest % _late.Length]) quietest = window;
        }

        var span = Close(Start!.Value, quietest * WindowSamples);
        EndedSpeechWindows = SpeechWindows - (_window - quietest);
        (_start, SpeechWindows, _silentWindows) = (quietest, Math.Max(1, _window - quietest), 0);
        return span;
    }

    private SpeechSpan Close(long start, long end)
    {
        _lastEnd = end;
        return new SpeechSpan(start, end);
    }

    private static int WindowsIn(TimeSpan time)
        => (int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalSeconds * AudioReader.SpeechRate / WindowSamples));
}
