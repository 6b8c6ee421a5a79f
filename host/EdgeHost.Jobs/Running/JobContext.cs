using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Running;

/// <summary>A job that runs, with all it needs.</summary>
/// <param name="Entry">The job.</param>
/// <param name="Spec">Its specification.</param>
/// <param name="Data">Its data.</param>
/// <param name="Parent">The version whose parameters it begins with, or null.</param>
/// <param name="Base">The shipped model that it makes a personal version of, or null.</param>
/// <param name="Gate">Holds it back.</param>
/// <param name="Runner">Runs its steps.</param>
/// <param name="Limit">Cancelled when its time is used up.</param>
/// <param name="Store">Keeps it.</param>
internal sealed record JobContext(
    JobEntry Entry, JobSpec Spec, JobData Data, StartingPoint? Parent, PersonalBase? Base, PauseGate Gate, ScheduledStepRunner Runner, CancellationTokenSource Limit, JobStore Store)
{
    /// <summary>Whether its time is used up.</summary>
    public bool IsOverTime => Limit.IsCancellationRequested;

    /// <summary>Where a run of it keeps its checkpoints.</summary>
    public string CheckpointOf(int number, ulong seed) => Path.Combine(Store.FolderOf(Entry.Record.Id), $"trial-{number}-{seed}.checkpoint");

    /// <summary>Adds something odd for a person to know.</summary>
    public void Warn(string text) => Entry.Update(now => now.Warnings.Contains(text) ? now : now with { Warnings = [.. now.Warnings, text] });

    /// <summary>Writes the job down as it is.</summary>
    public void Save() => Store.Write(Entry.Update(now => now with { Seconds = Runner.Used.TotalSeconds }));
}
