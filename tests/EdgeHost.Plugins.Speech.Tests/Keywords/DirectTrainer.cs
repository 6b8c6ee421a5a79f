using System.Text.Json;
using EdgeHost.PluginSdk;
using EdgeHost.Training.Data;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>The engine of training without a schedule.</summary>
internal sealed class DirectTrainer : ITrainer
{
    public async ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(request.Network);
        var shape = NetworkSpec.Describe(json.RootElement);
        var data = new ArrayData(request.Examples).Add(shape.Inputs[0].Name, request.Inputs.ToArray()).Add(shape.Target!.Name, request.Targets.ToArray());
        var optimiser = new AdamW { WeightDecay = request.WeightDecay };
        using var step = new TrainingStep(NetworkSpec.ToNetwork(json.RootElement), optimiser, new StepOptions { BatchSize = request.Batch, Seed = request.Seed });
        var options = new TrainingRunOptions { Steps = request.Steps, Schedule = new LearningRateSchedule { Rate = request.Rate, CosineSteps = request.Steps } };
        using var run = new TrainingRun(step, data, options);
        var outcome = await run.RunAsync(progress: null, cancellationToken);
        return new TrainingResult { Parameters = step.Parameters.ToDictionary(parameter => parameter.Name, parameter => (ReadOnlyMemory<float>)step.Values(parameter).ToArray()), Loss = outcome.Loss };
    }
}
