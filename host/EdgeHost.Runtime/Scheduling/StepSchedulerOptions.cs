using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>Limits and policies of the queues in front of the devices. What each means for the order of work is described in <c>docs/scheduling.md</c>.</summary>
public sealed class StepSchedulerOptions
{
    /// <summary>Steps that may wait for one device, all classes together; one more is refused. 1 to 65,536, default 256.</summary>
    [Range(1, 65_536)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>The order of waiting steps. Default <see cref="QueueDiscipline.Fair"/>; the others exist to be compared with.</summary>
    [EnumDataType(typeof(QueueDiscipline))]
    public QueueDiscipline Discipline { get; set; }

    /// <summary>
    /// A step that waited longer is aged: every <see cref="AgedTurn"/>-th turn in a row that would go past it goes to the longest waiting aged step
    /// whatever its class. 10 ms to 1 h, default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan AgeingLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Every how many turns an aged step is served. 1 (age alone decides) to 1,000, default 4: a quarter of the turns.</summary>
    [Range(1, 1_000)]
    public int AgedTurn { get; set; } = 4;

    /// <summary>
    /// How far an app may be ahead of the app that is served least, in device time at weight 1, before it has to let others go first. 0 (strictly fair, deadlines
    /// count only between equals) to 10 s, default 50 ms: some tens of steps, so that deadlines matter and shares stay even over a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan FairnessLag { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Weights by app name for sharing device time inside a class; an app of weight 2 gets twice the time of one of weight 1. Each 0.01 to 100; default empty,
    /// which is 1 for all.
    /// </summary>
    public IDictionary<string, double> AppWeights { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The weights in force, made at the first use and shared by all queues.</summary>
    internal WeightTable Weights => field ??= new WeightTable(AppWeights);

    /// <summary>
    /// What a step's predicted finish is multiplied by before it is compared with its deadline. 0 (admits all whose deadline has not passed) to 10,
    /// default 1: the cautious run time has a margin of its own.
    /// </summary>
    [Range(0d, 10d)]
    public double AdmissionMargin { get; set; } = 1;

    /// <summary>
    /// How long a more urgent step may have to wait for a running step of class background or training before that is stopped and queued again. 0 to 10 s,
    /// default 5 ms: less than a person notices, more than most steps still need.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan PreemptionBound { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How often one step may be stopped for others; after that it runs to its end, so that it gets done. 0 (never) to 100, default 3.</summary>
    [Range(0, 100)]
    public int MaxInterruptions { get; set; } = 3;

    /// <summary>
    /// On the processor: runs that interactive steps may start beside background and training runs that hold every slot; background runs are stopped only where
    /// that is not enough. 0 (stop them at once) to 64, default 1: the core that is kept free for sockets and preparation is idle more often than not, and a
    /// run that goes on loses no work.
    /// </summary>
    [Range(0, 64)]
    public int ExtraInteractiveRuns { get; set; } = 1;

    /// <summary>
    /// How much lower than everything else on the machine background and training runs on the processor are scheduled: their threads' niceness, 0 (not at all)
    /// to 19. Default 10: about a tenth of a core's share where others want it, all of it where nobody does. Systems other than Linux know only yes and no.
    /// </summary>
    [Range(0, 19)]
    public int BackgroundNiceness { get; set; } = 10;

    /// <summary>
    /// On a device whose runs cannot be stopped: the longest expected run of a background or training step that is started while interactive work is about.
    /// 0 to 1 min, default 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan UninterruptibleBound { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For how long after its last arrival interactive work counts as being about. 0 to 1 min, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan InteractiveHold { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The longest wait of a step for others to join it on a device that has nothing else to do. 0 (join only what waits anyway) to 1 s, default 5 ms. The
    /// actual wait follows the arrivals and is zero under light load.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MaxBatchWindow { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// A run is taken to hang at this many times its expected time, within <see cref="HangFloor"/> and <see cref="StepTimeLimit"/>. 2 to 1,000, default 20:
    /// a busy machine may slow a run tenfold.
    /// </summary>
    [Range(2d, 1_000d)]
    public double HangFactor { get; set; } = 20;

    /// <summary>No run is taken to hang before this. 10 ms to 10 min, default 10 s: a first run may build kernels, and a laptop may sleep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan HangFloor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest run of one step, also where nothing is known of it. 10 ms to 1 day, default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan StepTimeLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a run that was told to end may take to do so before it is given up and its device is blamed. 10 ms to 1 min, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan TerminationGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Steps at once by device id, in place of what the engine says of the device (for the processor its cores less one, so that
    /// sockets and pre-processing keep a core; at least 1). Each 1 to 256; default empty.
    /// </summary>
    public IDictionary<string, int> Concurrency { get; } = new Dictionary<string, int>(StringComparer.Ordinal);
}
