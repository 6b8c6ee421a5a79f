using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Keywords.Hearing;

/// <summary>Says whether somebody spoke a moment ago, so that what only sounds like a keyword does not count. One for each sound; not thread-safe.</summary>
internal sealed class SpeechGate : IDisposable
{
    private const float SpeechProbability = 0.5f;
    private const long MomentSamples = (long)(0.8 * AudioReader.SpeechRate);
    private readonly SpeechDetector _detector;
    private readonly SampleQueue _input = new();
    private readonly float[] _window = new float[Endpointer.WindowSamples];
    private long _position;
    private long _lastSpeech = -MomentSamples - 1;

    private SpeechGate(SpeechDetector detector) => _detector = detector;

    /// <summary>The model as id@version.</summary>
    public string Model => _detector.Model;

    /// <summary>Whether somebody spoke within the last 0.8 s.</summary>
    public bool IsOpen => _position - _lastSpeech <= MomentSamples;

    /// <summary>Begins a sound.</summary>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says.</exception>
    public static async ValueTask<SpeechGate> CreateAsync(IModelProvider models, CancellationToken cancellationToken)
        => new(await SpeechDetector.CreateAsync(models, cancellationToken).ConfigureAwait(false));

    /// <summary>Takes the next samples; less than 32 ms of them wait for more.</summary>
    /// <param name="samples">From -1 to 1.</param>
    /// <param name="cancellationToken">Stops the steps.</param>
    /// <exception cref="EdgeHostException">As <see cref="SpeechDetector.JudgeAsync"/> says.</exception>
    public async ValueTask HearAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        samples.Span.CopyTo(_input.Append(samples.Length));
        while (_input.Count >= _window.Length)
        {
            _input.Read(_window);
            _position += _window.Length;
            if (await _detector.JudgeAsync(_window, cancellationToken).ConfigureAwait(false) >= SpeechProbability) _lastSpeech = _position;
        }
    }

    public void Dispose() => _detector.Dispose();
}
