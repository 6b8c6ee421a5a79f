using System.Runtime.CompilerServices;

namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>A step as the policies see it. What the policies set on it is guarded by whoever guards the schedule.</summary>
internal class StepTicket
{
    /// <summary>Places in up to three heaps, each plus one so that zero says "in none".</summary>
    internal HeapPlaces Places;

    /// <summary>Its class.</summary>
    public required CallPriority Priority { get; init; }

    /// <summary>On whose account it runs.</summary>
    public required string App { get; init; }

    /// <summary>The model as <c>id@version</c>.</summary>
    public required string Model { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Enqueued { get; init; }

    /// <summary>Order of arrival, unique in its schedule.</summary>
    public required long Sequence { get; init; }

    /// <summary>When its result becomes worthless, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The mean run time of its like alone, or null where nothing is known. Must not change while it is queued.</summary>
    public TimeSpan? ExpectedRun { get; init; }

    /// <summary>The run time it will most probably not exceed, for admission; null for <see cref="ExpectedRun"/>.</summary>
    public TimeSpan? CautiousRun { get; init; }

    /// <summary>What it may be joined with, or null.</summary>
    public BatchKey? BatchKey { get; init; }

    /// <summary>Entries it brings along the batch axis.</summary>
    public int Entries { get; init; } = 1;

    /// <summary>Entries of one run at most; of use with <see cref="BatchKey"/>.</summary>
    public int MaxEntries { get; init; } = 1;

    /// <summary>Whether it may be stopped midway and run again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>How often it was stopped for others.</summary>
    public int Interruptions { get; internal set; }

    /// <summary>Device time that its app was charged in advance when it started; the queue's own.</summary>
    internal TimeSpan ChargedRun { get; set; }

    /// <summary>Device time that it stands for while it waits: less than its run alone where it will probably be joined. Set before it is queued.</summary>
    internal TimeSpan? JoinedWork { get; set; }

    /// <summary>Device time that it stands for while it waits, or null where nothing is known.</summary>
    internal TimeSpan? ExpectedWork => JoinedWork ?? ExpectedRun;

    /// <summary>Whether it is in a queue.</summary>
    internal bool IsQueued => Places[TicketHeap.Arrivals] != 0;

    /// <summary>
    /// The last moment at which it should start, as UTC ticks; <see cref="long.MaxValue"/> without a deadline. Least slack first is this order at any time.
    /// </summary>
    internal long LatestStart => Deadline is { } deadline ? deadline.UtcTicks - (ExpectedRun?.Ticks ?? 0) : long.MaxValue;

    /// <summary>Class as an index; values outside the enum come from nowhere but a careless cast and rank as the nearest class.</summary>
    internal int ClassIndex => ClassOf(Priority);

    internal static int ClassOf(CallPriority priority) => Math.Clamp((int)priority, 0, (int)CallPriority.Interactive);

    [InlineArray(3)]
    internal struct HeapPlaces
    {
        private int _first;
    }
}
