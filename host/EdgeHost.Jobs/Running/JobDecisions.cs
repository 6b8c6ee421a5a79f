using System.Globalization;
using EdgeHost.Jobs.Storage;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Jobs.Running;

/// <summary>Says what became of jobs and why, beside the host's other decisions (<c>edgehost explain</c>). Thread-safe.</summary>
internal sealed class JobDecisions(IDecisionLog? log)
{
    /// <summary>It begins, or goes on after the end of a host.</summary>
    public void Began(JobRecord job) => Add(job, job.Step > 0 || job.Seconds > 0 ? $"goes on from step {job.Step} after the host began again" : "begins");

    /// <summary>It rests, or goes on.</summary>
    public void Rested(JobRecord job) => Add(job, job.State == JobState.Paused ? $"rests: {job.Reason}" : "goes on");

    /// <summary>It has ended.</summary>
    public void Ended(JobRecord job) => Add(job, job.State switch
    {
        JobState.Done => string.Create(CultureInfo.InvariantCulture, $"is done after {job.Seconds:0.#} s on the processor: version {job.Version}"),
        JobState.Cancelled => $"was ended: {job.Reason}",
        _ => $"failed: {job.Reason}",
    });

    /// <summary>Its rule began it again.</summary>
    /// <param name="job">The new job.</param>
    /// <param name="changes">Labels that came or changed.</param>
    public void Retrained(JobRecord job, long changes) => Add(job, $"was begun by its rule: {changes} labels are new or changed");

    private void Add(JobRecord job, string what) => log?.Add(DecisionKind.Job, $"{job.App}/{job.Model}", job.App, $"The training job {job.Id} of {job.App}/{job.Model} {what}.");
}
