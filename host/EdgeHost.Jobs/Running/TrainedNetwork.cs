using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Running;

/// <summary>A network that was trained, with its best parameters. Owns it.</summary>
internal sealed class TrainedNetwork(TrainingStep step, TrainingOutcome outcome) : IDisposable
{
    public TrainingStep Step => step;

    public TrainingOutcome Outcome => outcome;

    public void Dispose() => step.Dispose();
}
