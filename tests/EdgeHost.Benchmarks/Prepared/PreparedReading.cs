namespace EdgeHost.Benchmarks.Prepared;

/// <summary>What a process saw that loaded one model.</summary>
/// <param name="LoadMilliseconds">The load alone, after the engine and its code were warm.</param>
/// <param name="RunMilliseconds">A run, the median of several.</param>
/// <param name="UsedBytes">Growth of the process's private memory from before the load to after some runs.</param>
/// <param name="RestingBytes">The same after the working memory was released, as the host does with an idle model.</param>
/// <param name="Origin">Which form was loaded, in the engine's words.</param>
internal sealed record PreparedReading(double LoadMilliseconds, double RunMilliseconds, double UsedBytes, double RestingBytes, string Origin);
