namespace EdgeHost.ModelStore;

/// <summary>Makes ONNX graphs of models of other formats. Implementations are thread-safe.</summary>
public interface IModelImporter
{
    /// <summary>Changes whenever the same files give another graph; never empty.</summary>
    string Version { get; }

    /// <summary>Makes a graph. The same files give the same bytes.</summary>
    /// <param name="request">What it is made of; the files do not change meanwhile.</param>
    /// <param name="cancellationToken">Stops between two steps of the work.</param>
    /// <returns>The content of an ONNX file, the caller's own.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: the files are damaged or contradict each other; <see cref="ErrorCode.Unimplemented"/>: operators or formats
    /// that are not known, all of them by name; <see cref="ErrorCode.ResourceExhausted"/>: over a limit, with its option; <see cref="ErrorCode.FailedPrecondition"/>:
    /// what was made did not pass its check.
    /// </exception>
    Task<ReadOnlyMemory<byte>> ImportAsync(ImportRequest request, CancellationToken cancellationToken);
}
