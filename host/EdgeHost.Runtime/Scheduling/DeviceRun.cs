using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>A run on a device's thread. Mutable members are guarded by the device's lock.</summary>
internal sealed class DeviceRun : StepRun
{
    /// <summary>Stops it. Whoever takes this to cancel it sets <see cref="StepRun.IsTerminating"/> under the lock, so that it never serves another run.</summary>
    public CancellationTokenSource Termination { get; set; } = null!;

    /// <summary>When it started, for measuring.</summary>
    public long StartTimestamp { get; set; }

    /// <summary>When it was told to end; of use while it is terminating.</summary>
    public long TerminatedTimestamp { get; set; }

    /// <summary>How long it may take before it counts as hanging.</summary>
    public TimeSpan Limit { get; set; }

    /// <summary>Whether it runs on the thread that asked for it.</summary>
    public bool IsOnCaller { get; set; }

    /// <summary>Whether it runs on a thread of low priority.</summary>
    public bool IsOnBackgroundThread { get; set; }

    /// <summary>Whether it went over its limit and was told to end for it.</summary>
    public bool IsOverLimit { get; set; }

    /// <summary>Whether it was given up: its callers have their answer, its slot is replaced or lost.</summary>
    public bool IsAbandoned => Ended is not null;

    /// <summary>Completes when an abandoned run has ended after all.</summary>
    public TaskCompletionSource? Ended { get; set; }

    /// <summary>Whether its slot was taken out of service with it, so that its end gives it back.</summary>
    public bool HasLostSlot { get; set; }

    /// <summary>Whether every step of it is wanted no more.</summary>
    public bool IsUnwanted
    {
        get
        {
            foreach (var ticket in Tickets)
            {
                if (!((QueuedStep)ticket).IsCancelled) return false;
            }

            return true;
        }
    }
}
