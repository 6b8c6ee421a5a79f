namespace EdgeHost.Runtime.Onnx;

/// <summary>An execution provider in a library of its own, as vendors ship them.</summary>
public sealed class OnnxProviderLibrary
{
    /// <summary>The largest <see cref="Concurrency"/>.</summary>
    public const int MaximumConcurrency = 64;

    /// <summary>The name it is registered under; unique. Ends in <c>.virtual</c> where its devices are virtual.</summary>
    public required string Name { get; set; }

    /// <summary>The absolute path of the library.</summary>
    public required string Path { get; set; }

    /// <summary>
    /// Steps that each of its devices runs at once. 1 to 64; default 1: NPUs and most GPUs run one graph after the other, and a queue of ours is
    /// ordered by deadline and share, the driver's is not.
    /// </summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Options of the provider for every session, in its vendor's names, for example <c>backend_type</c> = <c>htp</c>. Default none.</summary>
    public IDictionary<string, string> Options { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
