using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Jobs;

/// <summary>What apps may use, as far as their training has to heed it. Thread-safe.</summary>
public interface IJobAccounts
{
    /// <summary>Where the time of an app's steps is charged; null for nowhere.</summary>
    IDeviceTimeAccount? AccountOf(AppIdentity app);

    /// <summary>Why the app's training has to rest, for a person; null if it may go on.</summary>
    string? WhyResting(AppIdentity app);
}
