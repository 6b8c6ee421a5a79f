namespace EdgeHost.Runtime.Onnx.Native;

/// <summary>What an allocator of ONNX Runtime tells about itself.</summary>
/// <param name="TotalBytes">The regions it took from the system.</param>
/// <param name="InUseBytes">What of them is handed out: prepacked weights, and the values of runs in progress.</param>
internal readonly record struct ArenaStatistics(long TotalBytes, long InUseBytes);
