namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>What may be started now.</summary>
/// <param name="MinimumPriority">Steps of a lower class rest, and do not age meanwhile.</param>
/// <param name="LongestBackground">
/// Steps of class background and training are started only up to this expected run (an unknown one counts as longer), unless they have aged; null: no limit.
/// </param>
/// <param name="OnlyFrom">This turn is for steps of this class and above; those below do not rest, it is just not theirs. Null: for all.</param>
internal readonly record struct StartLimits(
    CallPriority MinimumPriority = CallPriority.Training, TimeSpan? LongestBackground = null, CallPriority? OnlyFrom = null);
