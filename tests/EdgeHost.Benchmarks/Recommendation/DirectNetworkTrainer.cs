using System.Text.Json;
using EdgeHost.Plugins.Recommendation.Engine.Networks;
using EdgeHost.Training.Data;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>The engine of training without a schedule.</summary>
internal sealed class DirectNetworkTrainer : INetworkTrainer
{
    /// <summary>Networks that were trained.</summary>
    public int Trained { get; private set; }

    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> TrainAsync(NetworkTask task, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(task.Network);
        var tables = task.Tables.ToDictionary(static table => table.Key, static table => new NetworkTable(table.Value.Width, table.Value.Values));
        var data = new ArrayData(task.Examples);
        foreach (var (name, values) in task.Numbers) data.Add(name, values.ToArray());
        foreach (var (name, values) in task.Ids) data.Add(name, values.ToArray());
        using var step = new TrainingStep(NetworkSpec.ToNetwork(json.RootElement, tables), new AdamW { WeightDecay = task.WeightDecay }, new StepOptions { BatchSize = task.Batch, Seed = task.Seed });
        var options = new TrainingRunOptions { Steps = task.Steps, Schedule = new LearningRateSchedule { Rate = task.Rate, CosineSteps = task.Steps } };
        using var run = new TrainingRun(step, data, options);
        await run.RunAsync(progress: null, cancellationToken);
        Trained++;
        return step.Parameters.ToDictionary(static parameter => parameter.Name, parameter => (ReadOnlyMemory<float>)step.Values(parameter).ToArray());
    }
}
