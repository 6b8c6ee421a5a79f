using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>
/// Says how likely a window is speech, by Silero VAD (v5, v6): <c>input</c> float32 [1, 576], the last 64 samples of the window before and the 512 of this one;
/// <c>state</c> float32 [2, 1, 128], zeros at first, then the <c>stateN</c> of the step before; <c>sr</c> int64, no dimensions, 16,000. One for each sound; not thread-safe.
/// </summary>
internal sealed class SpeechDetector : IDisposable
{
    /// <summary>The model's id.</summary>
    public const string ModelId = "silero-vad";

    private const int ContextSamples = 64;
    private static readonly TensorShape StateShape = new(2, 1, 128);
    private readonly IModelLease _lease;
    private readonly ModelValue _input;
    private readonly ModelValue _rate;
    private ModelValue _state;

    private SpeechDetector(IModelLease lease)
    {
        _lease = lease;
        _input = lease.CreateValue(ElementType.Float32, new TensorShape(1, ContextSamples + Endpointer.WindowSamples));
        _input.AsSpan<float>().Clear();
        _rate = lease.CreateValue(ElementType.Int64, new TensorShape());
        _rate.AsSpan<long>()[0] = Audio.AudioReader.SpeechRate;
        _state = lease.CreateValue(ElementType.Float32, StateShape);
        _state.AsSpan<float>().Clear();
    }

    /// <summary>The model as id@version.</summary>
    public string Model => $"{_lease.Model.Id}@{_lease.Model.Version}";

    /// <summary>Begins a sound.</summary>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> says.</exception>
    public static async ValueTask<SpeechDetector> CreateAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var lease = await models.LeaseAsync(ModelId, cancellationToken).ConfigureAwait(false);
        try
        {
            return new SpeechDetector(lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Judges the next window.</summary>
    /// <param name="window">512 samples.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>How likely it is speech, 0 to 1.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask<float> JudgeAsync(ReadOnlyMemory<float> window, CancellationToken cancellationToken)
    {
        window.Span.CopyTo(_input.AsSpan<float>()[ContextSamples..]);
        var step = new ModelStep
        {
            Inputs = [new NamedValue("input", _input), new NamedValue("state", _state), new NamedValue("sr", _rate)],
            Outputs = ["output", "stateN"],
            MayRunOnCallingThread = true,
        };
        using var result = await _lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        var probability = result[0].AsSpan<float>()[0];
        _state.Dispose();
        _state = result.Take(1);
        window.Span[^ContextSamples..].CopyTo(_input.AsSpan<float>());
        return probability;
    }

    public void Dispose()
    {
        _state.Dispose();
        _input.Dispose();
        _rate.Dispose();
        _lease.Dispose();
    }
}
