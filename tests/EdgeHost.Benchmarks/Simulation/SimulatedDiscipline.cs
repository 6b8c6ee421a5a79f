using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>A setting of the policies to compare. Immutable.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Options">The scheduler's own settings.</param>
/// <param name="KnowsDeadlines">Whether the scheduler is told of deadlines; where not, everything is run, also what is worthless by then.</param>
internal sealed record SimulatedDiscipline(string Name, StepSchedulerOptions Options, bool KnowsDeadlines = true)
{
    /// <summary>The product's defaults.</summary>
    public static SimulatedDiscipline Ours { get; } = new("ours", new StepSchedulerOptions());

    /// <summary>Order of arrival, as servers do that know no deadlines: nothing is refused but for a full queue, nothing stopped, everything run.</summary>
    public static SimulatedDiscipline FirstInFirstOut { get; } = new("fifo", Plain(QueueDiscipline.FirstInFirstOut), KnowsDeadlines: false);

    /// <summary>Order of arrival where callers give up at their deadline.</summary>
    public static SimulatedDiscipline FirstInFirstOutWithExpiry { get; } = new("fifo, expired dropped", Plain(QueueDiscipline.FirstInFirstOut));

    /// <summary>The shortest expected run first, where callers give up at their deadline.</summary>
    public static SimulatedDiscipline ShortestExpected { get; } = new("shortest expected", Plain(QueueDiscipline.ShortestExpected));

    /// <summary>The settings of a server without admission, pre-emption and batching.</summary>
    public static StepSchedulerOptions Plain(QueueDiscipline discipline) => new()
    {
        Discipline = discipline,
        AdmissionMargin = 0,
        MaxInterruptions = 0,
        MaxBatchWindow = TimeSpan.Zero,
    };
}
