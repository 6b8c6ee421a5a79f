namespace EdgeHost.Runtime;

/// <summary>Changes limits and policies of pool, scheduler and placement while they work.</summary>
public interface IRuntimeSettings
{
    /// <summary>
    /// Puts in force what can change while the runtime works: all of <see cref="EdgeHostRuntimeOptions.Pool"/> but its pins and
    /// <see cref="Models.ModelPoolOptions.LargeValueBytes"/>; the queue's limits, weights, margins and time limits of <see cref="EdgeHostRuntimeOptions.Scheduling"/>;
    /// policies, modes and gains of <see cref="EdgeHostRuntimeOptions.Devices"/>; all of <see cref="EdgeHostRuntimeOptions.Conditions"/> but <see cref="Conditions.ConditionOptions.SystemRoot"/>. The rest is ignored. Thread-safe; one change after the other.
    /// </summary>
    /// <param name="options">Valid options; they belong to the runtime from now on.</param>
    void Apply(EdgeHostRuntimeOptions options);
}
