using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Runtime.Onnx;

internal sealed class OnnxSession : IEngineSession
{
    private readonly InferenceSession _session;
    private readonly string _model;
    private readonly OnnxDevice _device;
    private readonly OnnxSignature _signature;
    private readonly long _residentBytes;
    private Action? _disposed;
    private RunOptions? _spare;

    /// <summary>Takes over a session.</summary>
    public OnnxSession(InferenceSession session, string model, OnnxDevice device, long residentBytes, Action disposed)
    {
        _session = session;
        _model = model;
        _device = device;
        _signature = OnnxSignature.Read(session, model);
        _disposed = disposed;
        _residentBytes = residentBytes;
    }

    public IReadOnlyList<TensorDescription> Inputs => _signature.Inputs;

    public IReadOnlyList<TensorDescription> Outputs => _signature.Outputs;

    public string Origin => "original";

    public SessionMemory MeasureMemory() => new(_residentBytes, 0, 0);

    public ModelStep? CreateProbe() => null;

    public void ReleaseWorkingMemory()
    {
    }

    public ModelValue CreateValue(ElementType elementType, TensorShape shape)
    {
        ObjectDisposedException.ThrowIf(_disposed is null, this);
        if (elementType == ElementType.String || !Enum.IsDefined(elementType))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"Values of {elementType} cannot be created; use a numeric element type.");
        }

        if (shape.IsDynamic) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A value needs a fully known shape, not {shape}.");
        OrtValue value;
        try
        {
            value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)elementType, shape.Dimensions.ToArray());
        }
        catch (OnnxRuntimeException e)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There was no memory for a value of {elementType} {shape}.", e);
        }

        return Wrap(value, elementType, shape);
    }

    public IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        ObjectDisposedException.ThrowIf(_disposed is null, this);
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = _signature.BindInputs(step, _model);
        var names = _signature.BindOutputs(step, _model);
        var options = Interlocked.Exchange(ref _spare, null) ?? new RunOptions();
        var isReusable = false;
        try
        {
            IDisposableReadOnlyCollection<OrtValue> outputs;
            using (cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, options))
            {
                outputs = _session.Run(options, _signature.InputNames, inputs, names);
            }

            isReusable = !cancellationToken.IsCancellationRequested;
            return WrapAll(outputs);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.AtRun(e, _model, _device);
        }
        finally
        {
            GC.KeepAlive(step);

            // Terminate cannot be taken back safely once a callback may set it, so such options are not used again.
            if (!isReusable || Interlocked.CompareExchange(ref _spare, options, null) is not null) options.Dispose();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, null) is not { } disposed) return;
        Interlocked.Exchange(ref _spare, null)?.Dispose();
        _session.Dispose();
        disposed();
    }

    private static OrtModelValue Wrap(OrtValue value, ElementType elementType, TensorShape shape)
    {
        try
        {
            return new OrtModelValue(value, elementType, shape);
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    private ModelValue[] WrapAll(IDisposableReadOnlyCollection<OrtValue> outputs)
    {
        // From here on each value has an owner of its own; the collection has nothing else to dispose.
        var values = new ModelValue[outputs.Count];
        var wrapped = 0;
        try
        {
            for (; wrapped < values.Length; wrapped++)
            {
                var information = outputs[wrapped].GetTensorTypeAndShape();
                values[wrapped] = new OrtModelValue(
                    outputs[wrapped], (ElementType)information.ElementDataType, new TensorShape(information.Shape));
            }

            return values;
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }
}
