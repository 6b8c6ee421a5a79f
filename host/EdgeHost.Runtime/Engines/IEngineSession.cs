using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Engines;

/// <summary>A loaded graph on one device. <see cref="Run"/> may be called concurrently; dispose after the last run.</summary>
public interface IEngineSession : IDisposable
{
    /// <summary>Inputs in the graph's order.</summary>
    IReadOnlyList<TensorDescription> Inputs { get; }

    /// <summary>Outputs in the graph's order.</summary>
    IReadOnlyList<TensorDescription> Outputs { get; }

    /// <summary>Which form was loaded, for a person: <c>prepared</c>, or <c>original</c> with the reason.</summary>
    string Origin { get; }

    /// <summary>The bytes it holds now. Cheap (no system call); thread-safe, also beside runs.</summary>
    SessionMemory MeasureMemory();

    /// <summary>Makes a value that this session's device reads without a copy.</summary>
    /// <param name="elementType">A fixed-size element type.</param>
    /// <param name="shape">Fully known dimensions.</param>
    ModelValue CreateValue(ElementType elementType, TensorShape shape);

    /// <summary>
    /// Runs once on the calling thread. Inputs that their owner disposes meanwhile stay readable until the run has ended, so that a run which was given
    /// up never reads freed memory.
    /// </summary>
    /// <param name="step">Inputs and wanted outputs.</param>
    /// <param name="cancellationToken">Stops the run between two nodes.</param>
    /// <returns>The outputs in the step's order; the caller disposes.</returns>
    /// <exception cref="DeviceFaultException">The device failed, not the model or its inputs.</exception>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: inputs do not fit the graph.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken);

    /// <summary>
    /// The smallest step that is known to work: zeros in the smallest shapes that ran so far, or in the graph's own where all are fixed. For health
    /// checks. The caller disposes its inputs. Null where no shapes are known yet.
    /// </summary>
    ModelStep? CreateProbe();

    /// <summary>
    /// Gives buffers that are kept between runs back to the system (one tiny run, milliseconds, on the calling thread; never on a call's path). Does
    /// nothing where there are none or <see cref="CreateProbe"/> knows no step.
    /// </summary>
    void ReleaseWorkingMemory();
}
