using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Onnx;

/// <summary>Settings of the ONNX Runtime engine; fixed once the first model is loaded.</summary>
public sealed class OnnxEngineOptions
{
    /// <summary>The configuration section they are bound from.</summary>
    public const string SectionName = "OnnxRuntime";

    /// <summary>
    /// Threads that share the work inside one run, from one pool for all sessions. 1 to 256, default 1: a run stays on its worker's thread,
    /// and steps of several calls run side by side instead. For models of up to some 40 MB two threads gave little or no gain over two
    /// runs at once, and an idle spinning thread burns the core that another step needs.
    /// </summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>Steps that the processor runs at once. 1 to 256; null (the default) is the number of cores less one, at least 1.</summary>
    [Range(1, 256)]
    public int? CpuConcurrency { get; set; }

    /// <summary>
    /// Whether devices that call themselves virtual (metadata <c>is_virtual</c> = 1) are used. They exist for tests; default false.
    /// </summary>
    public bool AllowVirtualDevices { get; set; }

    /// <summary>Execution provider libraries to register, for NPUs and GPUs. Default none. One that cannot be registered is logged and done without.</summary>
    public IList<OnnxProviderLibrary> ProviderLibraries { get; } = [];

    /// <summary>
    /// The folder for prepared models: an absolute path, made when needed; null (the default) prepares nothing. A prepared form loads in half the time
    /// and keeps its weights in a mapped file instead of private memory; <c>docs/performance.md</c> has the figures.
    /// </summary>
    public string? PreparedFolder { get; set; }

    /// <summary>
    /// Bytes that all prepared models together may take; those used longest ago go first. 1 MiB to 1 TiB, default 4 GiB: a form is up to twice the size of
    /// its original, so that this is room for all models of a usual device.
    /// </summary>
    [Range(1L << 20, 1L << 40)]
    public long PreparedMaximumBytes { get; set; } = 4L << 30;
}
