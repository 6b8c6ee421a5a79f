using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>Limits of the queues in front of the devices.</summary>
public sealed class StepSchedulerOptions
{
    /// <summary>Steps that may wait for one device, all classes together; one more is refused. 1 to 65,536, default 256.</summary>
    [Range(1, 65_536)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>
    /// A step that waited longer is aged: every <see cref="AgedTurn"/>-th free turn goes to the longest waiting aged step whatever its
    /// class. 10 ms to 1 h, default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan AgeingLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Every how many turns an aged step is served. 1 (age alone decides) to 1,000, default 4: a quarter of the turns.</summary>
    [Range(1, 1_000)]
    public int AgedTurn { get; set; } = 4;

    /// <summary>
    /// Steps at once by device id, in place of what the engine says of the device (for the processor its cores less one, so that
    /// sockets and pre-processing keep a core; at least 1). Each 1 to 256; default empty.
    /// </summary>
    public IDictionary<string, int> Concurrency { get; } = new Dictionary<string, int>(StringComparer.Ordinal);
}
