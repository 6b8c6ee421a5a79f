using EdgeHost.Optimisation.Examples;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>A model in ONNX Runtime on one thread of the processor. Not thread-safe.</summary>
internal sealed class SessionRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _outputs;

    /// <summary>Loads a model.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: ONNX Runtime does not take it.</exception>
    public SessionRunner(ReadOnlyMemory<byte> model, IEnumerable<string>? outputs = null)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = new InferenceSession(model.ToArray(), options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"ONNX Runtime does not take the model: {e.Message}", e);
        }

        _outputs = outputs?.ToArray() ?? [.. _session.OutputNames];
    }

    public IReadOnlyList<string> OutputNames => _outputs;

    /// <summary>Makes an example's inputs once, to be run as often as wanted; dispose it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a tensor's type is not supported.</exception>
    public PreparedInputs Prepare(ModelExample example) => new(example, _session.InputNames);

    /// <summary>Runs the model and reads what came out as floats; outputs of other types are empty.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the model does not take the example.</exception>
    public FloatOutput[] Run(PreparedInputs inputs)
    {
        using var results = RunRaw(inputs);
        return [.. results.Select(FloatOutput.Read)];
    }

    /// <summary>Runs the model and drops what comes out.</summary>
    public void RunOnly(PreparedInputs inputs) => RunRaw(inputs).Dispose();

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private IDisposableReadOnlyCollection<OrtValue> RunRaw(PreparedInputs inputs)
    {
        try
        {
            return _session.Run(_options, inputs.Names, inputs.Values, _outputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The model does not take {inputs.Example}: {e.Message}", e);
        }
    }
}
