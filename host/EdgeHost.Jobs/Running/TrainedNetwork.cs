using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Running;

/// <summary>A network that was trained, with its best parameters. Owns it, and the memory that was taken for it.</summary>
internal sealed class TrainedNetwork(TrainingStep step, TrainingOutcome outcome, IDisposable? memory) : IDisposable
{
    public TrainingStep Step => step;

    public TrainingOutcome Outcome => outcome;

    public void Dispose()
    {
        step.Dispose();
        memory?.Dispose();
    }
}
