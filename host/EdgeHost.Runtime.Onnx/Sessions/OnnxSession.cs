using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Onnx.Devices;
using EdgeHost.Runtime.Onnx.Memory;
using EdgeHost.Runtime.Onnx.Native;
using EdgeHost.Runtime.Onnx.Values;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Runtime.Onnx.Sessions;

internal sealed class OnnxSession : IEngineSession
{
    /// <summary>An arena keeps its first region of 1 MiB; asking for a run to free less than another one is not worth it.</summary>
    private const long WorthReleasingBytes = 2 << 20;

    private readonly InferenceSession _session;
    private readonly string _model;
    private readonly OnnxDevice _device;
    private readonly OnnxSignature _signature;
    private readonly NativeMemoryMeter _meter;
    private readonly SessionArena _arena;
    private readonly SeenShapes _shapes;
    private readonly ArenaStatistics _loadedArena;
    private SessionFootprint _footprint;
    private Action? _disposed;
    private RunSlot? _spare;
    private int _mustShrink;

    /// <summary>Takes over a session. Its footprint is known later: what the constructor itself takes belongs to it.</summary>
    public OnnxSession(InferenceSession session, string model, string origin, OnnxDevice device, NativeMemoryMeter meter, Action disposed)
    {
        _session = session;
        _model = model;
        Origin = origin;
        _device = device;
        _meter = meter;
        _signature = OnnxSignature.Read(session, model);
        _shapes = new SeenShapes(_signature.Inputs);
        _arena = new SessionArena(session);
        _loadedArena = _arena.Read();
        _disposed = disposed;
    }

    public IReadOnlyList<TensorDescription> Inputs => _signature.Inputs;

    public IReadOnlyList<TensorDescription> Outputs => _signature.Outputs;

    public string Origin { get; }

    /// <summary>The arena when the load ended: what was in use then are weights, the rest and what comes later are buffers.</summary>
    internal ArenaStatistics LoadedArena => _loadedArena;

    /// <summary>Sets what the load took, once, before anybody else sees the session; from then on its arena's growth is its own.</summary>
    internal void SetFootprint(SessionFootprint footprint)
    {
        _footprint = footprint;
        _meter.Add(_arena);
    }

    public SessionMemory MeasureMemory()
        => new(_footprint.PrivateBytes, _footprint.MappedBytes, Math.Max(0, _arena.Read().TotalBytes - _loadedArena.InUseBytes));

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

        try
        {
            return new OrtModelValue(value, elementType, shape, _meter);
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    public IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        ObjectDisposedException.ThrowIf(_disposed is null, this);
        cancellationToken.ThrowIfCancellationRequested();
        var names = _signature.BindOutputs(step, _model);
        var mustShrink = Volatile.Read(ref _mustShrink) != 0 && Interlocked.Exchange(ref _mustShrink, 0) != 0;
        var slot = mustShrink ? CreateShrinkingSlot() : Interlocked.Exchange(ref _spare, null) ?? new RunSlot(_signature.Inputs.Length);
        var isReusable = false;
        try
        {
            _signature.BindInputs(step, slot, _model);
            var outputs = Run(slot, names, cancellationToken);
            _shapes.Add(slot.Values!);
            isReusable = !mustShrink && !cancellationToken.IsCancellationRequested;
            return outputs;
        }
        finally
        {
            slot.Release();

            // Terminate cannot be taken back safely once a callback may set it, so such options are not used again.
            if (!isReusable || Interlocked.CompareExchange(ref _spare, slot, null) is not null) slot.Dispose();
        }
    }

    public ModelStep? CreateProbe()
    {
        if (_shapes.Smallest is not { } shapes || _signature.Inputs.Any(static input => input.ElementType == ElementType.String)) return null;
        var inputs = new NamedValue[shapes.Length];
        try
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                var value = (OrtModelValue)CreateValue(_signature.Inputs[i].ElementType, shapes[i]);
                value.Clear();
                inputs[i] = new NamedValue(_signature.Inputs[i].Name, value);
            }
        }
        catch
        {
            Dispose(inputs);
            throw;
        }

        return new ModelStep { Inputs = inputs };
    }

    public void ReleaseWorkingMemory()
    {
        if (MeasureMemory().WorkingBytes <= WorthReleasingBytes || CreateProbe() is not { } probe) return;
        using var slot = CreateShrinkingSlot();
        var results = new List<OrtValue>();
        try
        {
            _signature.BindInputs(probe, slot, _model);
            Shrink(slot, _signature.BindOutputs(probe, _model), results);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            // Zeros are no good for this graph, and a run that fails shrinks nothing. The next run of a caller does it.
            Volatile.Write(ref _mustShrink, 1);
        }
        finally
        {
            slot.Release();
            Dispose(probe.Inputs);
            results.ForEach(static result => result.Dispose());
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, null) is not { } disposed) return;
        _meter.Remove(_arena);
        Interlocked.Exchange(ref _spare, null)?.Dispose();
        _arena.Dispose();
        _session.Dispose();
        disposed();
    }

    /// <summary>
    /// A region is freed only if nothing in it is in use when the run ends, and the run's own outputs are. So a first run tells their shapes, and a second
    /// one writes them elsewhere.
    /// </summary>
    private void Shrink(RunSlot slot, IReadOnlyCollection<string> names, List<OrtValue> results)
    {
        var outputs = Run(slot, names, CancellationToken.None);
        var shapes = Array.ConvertAll(outputs, static output => (output.ElementType, output.Shape));
        Dispose(outputs);
        if (Array.Exists(shapes, static shape => shape.ElementType == ElementType.String)) return;
        foreach (var (type, shape) in shapes)
        {
            results.Add(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)type, shape.Dimensions.ToArray()));
        }

        try
        {
            _session.Run(slot.Options, _signature.InputNames, slot.Inputs!, names, results);
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.AtRun(e, _model, _device);
        }
    }

    private RunSlot CreateShrinkingSlot()
    {
        // ONNX Runtime frees an arena's empty regions only at the end of a run that asks for it. On every run that costs 2.5 times the time.
        var slot = new RunSlot(_signature.Inputs.Length);
        slot.Options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        return slot;
    }

    private ModelValue[] Run(RunSlot slot, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        IDisposableReadOnlyCollection<OrtValue> outputs;
        try
        {
            using (cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, slot.Options))
            {
                outputs = _session.Run(slot.Options, _signature.InputNames, slot.Inputs!, names);
            }
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw OnnxErrors.AtRun(e, _model, _device);
        }

        return WrapAll(outputs);
    }

    private static ModelValue[] WrapAll(IDisposableReadOnlyCollection<OrtValue> outputs)
    {
        // From here on each value has an owner of its own; the collection has nothing else to dispose. Their memory belongs to the arena, which is
        // measured as a whole.
        var values = new ModelValue[outputs.Count];
        var wrapped = 0;
        try
        {
            for (; wrapped < values.Length; wrapped++)
            {
                var information = outputs[wrapped].GetTensorTypeAndShape();
                values[wrapped] = new OrtModelValue(
                    outputs[wrapped], (ElementType)information.ElementDataType, new TensorShape(information.Shape), meter: null);
            }

            return values;
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    private static void Dispose(IEnumerable<NamedValue> inputs)
    {
        foreach (var input in inputs)
        {
            // The rest of an array that was not filled to its end.
            input.Value?.Dispose();
        }
    }

    private static void Dispose(ModelValue[] values)
    {
        foreach (var value in values)
        {
            value.Dispose();
        }
    }
}
