namespace EdgeHost.ModelImport;

/// <summary>Runs a graph that was made, to see that it can be used. Implementations are thread-safe.</summary>
public interface IGraphCheck
{
    /// <summary>Loads a graph, runs it once on noise, and compares what comes out with what the graph says of it.</summary>
    /// <param name="onnx">The content of an ONNX file.</param>
    /// <param name="cancellationToken">Stops before and between loading and running.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it does not load or run, or what comes out is not finite or has another shape.</exception>
    Task<GraphCheckReport> CheckAsync(ReadOnlyMemory<byte> onnx, CancellationToken cancellationToken);
}
