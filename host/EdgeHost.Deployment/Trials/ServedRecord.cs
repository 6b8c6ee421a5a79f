namespace EdgeHost.Deployment.Trials;

/// <summary>What calls of a version have shown, as it is kept. Immutable.</summary>
/// <param name="Calls">Its calls.</param>
/// <param name="Errors">Those that failed.</param>
/// <param name="Runs">Calls whose run time is known.</param>
/// <param name="LogSum">The sum of the logarithms of their run times in seconds.</param>
internal sealed record ServedRecord(long Calls, long Errors, long Runs, double LogSum);
