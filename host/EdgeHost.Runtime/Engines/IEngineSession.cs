using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Engines;

/// <summary>A loaded graph on one device. <see cref="Run"/> may be called concurrently; dispose after the last run.</summary>
public interface IEngineSession : IDisposable
{
    /// <summary>Inputs in the graph's order.</summary>
    IReadOnlyList<TensorDescription> Inputs { get; }

    /// <summary>Outputs in the graph's order.</summary>
    IReadOnlyList<TensorDescription> Outputs { get; }

    /// <summary>Resident bytes as measured at load.</summary>
    long ResidentBytes { get; }

    /// <summary>Makes a value that this session's device reads without a copy.</summary>
    /// <param name="elementType">A fixed-size element type.</param>
    /// <param name="shape">Fully known dimensions.</param>
    ModelValue CreateValue(ElementType elementType, TensorShape shape);

    /// <summary>Runs once on the calling thread.</summary>
    /// <param name="step">Inputs and wanted outputs.</param>
    /// <param name="cancellationToken">Stops the run between two nodes.</param>
    /// <returns>The outputs in the step's order; the caller disposes.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: inputs do not fit the graph;
    /// <see cref="ErrorCode.Unavailable"/>: the device failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IReadOnlyList<ModelValue> Run(ModelStep step, CancellationToken cancellationToken);
}
