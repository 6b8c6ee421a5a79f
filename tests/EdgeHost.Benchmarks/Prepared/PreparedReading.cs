namespace EdgeHost.Benchmarks.Prepared;

/// <summary>What a process saw that loaded one model.</summary>
/// <param name="LoadMilliseconds">The load alone, after the engine and its code were warm.</param>
/// <param name="RunMilliseconds">A run, the median of several.</param>
/// <param name="PrivateBytes">Growth of the process's private memory from before the load to after some runs and the release of working memory.</param>
/// <param name="Origin">Which form was loaded, in the engine's words.</param>
internal sealed record PreparedReading(double LoadMilliseconds, double RunMilliseconds, double PrivateBytes, string Origin);
