using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests.Activity;

/// <summary>
/// In place of the model that finds speech: what is loud is speech. For sounds of hours, which the real one would take minutes for. Looks at the memory now and then. Other
/// models are those of <paramref name="others"/>.
/// </summary>
internal sealed class LoudnessDetector(IModelProvider others) : IModelProvider
{
    private const int WindowsBetweenLooks = 40_000;
    private const float Loud = 0.01f;
    private long _windows;

    /// <summary>Windows that were judged.</summary>
    public long Windows => _windows;

    /// <summary>Live bytes of this process at each look.</summary>
    public List<long> Bytes { get; } = [];

    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken) => model == SpeechDetector.ModelId ? new(new Lease(this)) : others.LeaseAsync(model, cancellationToken);

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => others.ListAsync(task, cancellationToken);

    private ModelValue[] Judge(ModelStep step)
    {
        if (_windows++ % WindowsBetweenLooks == 0) Bytes.Add(GC.GetTotalMemory(forceFullCollection: true));
        var isLoud = step.Inputs[0].Value.AsSpan<float>().IndexOfAnyExceptInRange(-Loud, Loud) >= 0;
        return [SimulatedValue.Of(new TensorShape(1, 1), isLoud ? 0.9f : 0.1f), new SimulatedValue(ElementType.Float32, new TensorShape(2, 1, 128))];
    }

    private sealed class Lease(LoudnessDetector owner) : IModelLease
    {
        public ModelDescription Model { get; } = ScriptedLease.Describe(SpeechDetector.ModelId, [], []);

        public ModelValue CreateValue(ElementType elementType, TensorShape shape) => new SimulatedValue(elementType, shape);

        public ValueTask<StepResult> RunAsync(ModelStep step, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(new StepResult(owner.Judge(step), "cpu", TimeSpan.Zero, TimeSpan.Zero));
        }

        public ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken) => throw new EdgeHostException(ErrorCode.NotFound, $"No file '{name}'.");

        public void Dispose()
        {
        }
    }
}
