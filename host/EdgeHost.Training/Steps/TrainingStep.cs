using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Steps;

/// <summary>
/// A network that can be trained step by step. Parameters and the optimiser's vectors stay where they are between steps; a step allocates
/// nothing of their size. Not thread-safe: one step at a time.
/// </summary>
public sealed class TrainingStep : IDisposable
{
    private readonly Optimiser _optimiser;
    private readonly StepOptions _options;
    private readonly InferenceSession _session;
    private readonly StoppableRun _run = new();
    private readonly OrtIoBinding[] _bindings = new OrtIoBinding[2];
    private readonly List<OrtValue> _values = [];
    private readonly AlignedBuffer<float>[] _scalars;
    private readonly float[] _scalarValues;
    private readonly AlignedBuffer<float> _loss = new(1);
    private readonly AlignedBuffer<float> _norm = new(1);

    /// <summary>Builds the graph and draws the first values.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimiser">How its parameters follow their gradients.</param>
    /// <param name="options">Batch, clipping, seed, threads.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a setting is out of range, or a layer's shapes do not fit; names the layer and both.</exception>
    public TrainingStep(Network network, Optimiser optimiser, StepOptions options)
    {
        options.Validate();
        (Network, _optimiser, _options) = (network, optimiser, options);
        var graph = new StepGraph(network, optimiser, options.BatchSize, options.ClipNorm);
        NodeCount = graph.NodeCount;
        State = new TrainingState(graph.Layout, options.Seed);
        Batch = new BatchBuffers(options.BatchSize, graph.Inputs, graph.Dropouts);
        _scalars = [.. optimiser.Scalars.Select(_ => new AlignedBuffer<float>(1))];
        _scalarValues = new float[_scalars.Length];
        _session = SessionFactory.Create(graph.Model, options.Threads);
        Bind();
    }

    /// <summary>The batch that the next step takes.</summary>
    public BatchBuffers Batch { get; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<ParameterInfo> Parameters => State.Layout.Parameters;

    /// <summary>Numbers that are trained.</summary>
    public int ParameterCount => State.Layout.Count;

    /// <summary>Steps done.</summary>
    public long StepsDone => State.Step;

    /// <summary>Nodes of the graph.</summary>
    public int NodeCount { get; }

    internal Network Network { get; }

    internal TrainingState State { get; }

    internal StepOptions Options => _options;

    internal Optimiser Optimiser => _optimiser;

    /// <summary>The values of a parameter as they are now. The span is valid until the next step; writing to it changes the parameter.</summary>
    public Span<float> Values(ParameterInfo parameter) => State.Values(parameter);

    /// <summary>Does one step on <see cref="Batch"/>. Where the loss or the gradient is no number, nothing changes.</summary>
    /// <param name="rate">The learning rate, at least 0.</param>
    /// <param name="cancellationToken">Stops the step midway; nothing changes then, and the same step may be done again.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the batch cannot be run, for example because an id is out of its range.</exception>
    public StepResult Run(float rate, CancellationToken cancellationToken = default)
    {
        Batch.FillMasks(_options.Seed, State.Step);
        _optimiser.SetScalars(_scalarValues, rate, State.Step + 1);
        for (var i = 0; i < _scalars.Length; i++) _scalars[i].Span[0] = _scalarValues[i];
        try
        {
            _run.Run(_session, _bindings[State.CurrentSet], cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"Step {State.Step + 1} cannot run on this batch; see whether its ids and labels are in range.", e);
        }

        var result = new StepResult(_loss.Span[0], _norm.Span[0]);
        if (result.IsFinite) State.Accept();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var binding in _bindings) binding.Dispose();
        foreach (var value in _values) value.Dispose();
        Batch.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private void Bind()
    {
        var layout = State.Layout;
        for (var set = 0; set < _bindings.Length; set++)
        {
            var binding = _bindings[set] = _session.CreateIoBinding();
            var (from, to) = (State.Set(set), State.Set(set ^ 1));
            foreach (var parameter in layout.Parameters) binding.BindInput(parameter.Name, Over(layout.Of(parameter, from), parameter.Shape.Dimensions.ToArray()));
            for (var group = 0; group < layout.Groups.Count; group++)
            {
                long[] shape = [layout.Groups[group].Length];
                for (var vector = 0; vector <= layout.Slots; vector++)
                {
                    binding.BindInput(StepGraph.VectorInput(group, vector), Over(layout.Of(layout.Groups[group], vector, from), shape));
                    binding.BindOutput(StepGraph.VectorOutput(group, vector), Over(layout.Of(layout.Groups[group], vector, to), shape));
                }
            }

            for (var i = 0; i < _scalars.Length; i++) binding.BindInput(StepGraph.ScalarInput(_optimiser.Scalars[i]), Over(_scalars[i].Memory, []));
            foreach (var (name, value) in Batch.Values) binding.BindInput(name, value);
            binding.BindOutput(StepGraph.Loss, Over(_loss.Memory, []));
            binding.BindOutput(StepGraph.Norm, Over(_norm.Memory, []));
        }
    }

    private OrtValue Over(Memory<float> memory, long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        _values.Add(value);
        return value;
    }
}
