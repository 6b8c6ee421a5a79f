using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Steps;

/// <summary>
/// The loss and the output of a network that is being trained, without a change and without dropout. Reads the parameters where the steps
/// keep them. Not thread-safe, nor beside a running step. Must be disposed before its step.
/// </summary>
public sealed class EvaluationStep : IDisposable
{
    private const string Output = "output";

    private readonly TrainingStep _step;
    private readonly InferenceSession _session;
    private readonly StoppableRun _run = new();
    private readonly OrtIoBinding[] _bindings = new OrtIoBinding[2];
    private readonly List<OrtValue> _values = [];
    private readonly AlignedBuffer<float> _loss = new(1);
    private readonly AlignedBuffer<float> _output;

    /// <summary>Builds the graph.</summary>
    public EvaluationStep(TrainingStep step)
    {
        _step = step;
        var net = new NetworkBuilder(NetworkMode.Evaluate, step.Options.BatchSize);
        var output = step.Network.Forward(net);
        var loss = step.Network.Loss(net, output);
        net.Graph.Output(output, Output);
        net.Graph.Output(loss, StepGraph.Loss);
        Batch = new BatchBuffers(step.Options.BatchSize, net.Inputs, []);
        OutputShape = output.Shape;
        _output = new AlignedBuffer<float>(output.Shape.ElementCount);
        _session = SessionFactory.Create(net.Graph.Build(), step.Options.Threads);
        Bind(net, output);
    }

    /// <summary>The batch that is evaluated next.</summary>
    public BatchBuffers Batch { get; }

    /// <summary>The shape of <see cref="Outputs"/>, the batch first.</summary>
    public TensorShape OutputShape { get; }

    /// <summary>The network's output for the last batch; overwritten by the next run.</summary>
    public ReadOnlySpan<float> Outputs => _output.Span;

    /// <summary>Runs the network on <see cref="Batch"/> and gives the loss.</summary>
    /// <param name="cancellationToken">Stops it midway.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the batch cannot be run.</exception>
    public float Run(CancellationToken cancellationToken = default)
    {
        try
        {
            _run.Run(_session, _bindings[_step.State.CurrentSet], cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "The batch cannot be evaluated; see whether its ids and labels are in range.", e);
        }

        return _loss.Span[0];
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

    private void Bind(NetworkBuilder net, GraphValue output)
    {
        for (var set = 0; set < _bindings.Length; set++)
        {
            var binding = _bindings[set] = _session.CreateIoBinding();
            foreach (var parameter in net.Parameters) binding.BindInput(parameter.Name, Over(_step.State.Layout.Of(parameter, _step.State.Set(set)), parameter.Shape));
            foreach (var (name, value) in Batch.Values) binding.BindInput(name, value);
            binding.BindOutput(Output, Over(_output.Memory, output.Shape));
            binding.BindOutput(StepGraph.Loss, Over(_loss.Memory, new TensorShape()));
        }
    }

    private OrtValue Over(Memory<float> memory, TensorShape shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape.Dimensions.ToArray());
        _values.Add(value);
        return value;
    }
}
