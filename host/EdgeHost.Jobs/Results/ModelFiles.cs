using System.Text.Json;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Results;

/// <summary>Writes the files of a trained model.</summary>
internal static class ModelFiles
{
    public static void Write(string folder, JobContext job, TrialPlan plan, TrainingStep step, JobMetrics metrics)
    {
        Directory.CreateDirectory(folder);
        using (var file = new FileStream(Path.Combine(folder, TrainedModelFiles.Graph), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            var model = step.Export();
            if (job.Base is { } shipped) PersonalGraph.Rename(model, shipped.Model);
            file.Write(model.ToBytes().Span);
            file.Flush(flushToDisk: true);
        }

        var spec = plan.Spec;
        var card = new TrainedModelCard
        {
            Model = spec.Model,
            Task = NetworkRules.Name(spec.Task),
            Labels = job.Data.Labels,
            Kind = job.Data.Kind,
            Dataset = spec.Dataset,
            Preprocessing = spec.Preprocessing.Steps.Count == 0 ? null : JsonDocument.Parse(spec.Preprocessing.ToJson()).RootElement.Clone(),
            Inputs = [.. spec.Shape.Inputs.Select(static input => Describe(input.Name, input.Type, input.Shape))],
            Output = Describe(job.Base is { } of ? PersonalGraph.OutputOf(of.Model) : ModelExport.Output, ElementType.Float32, spec.Shape.OutputShape),
            OutputForm = OutputForms.Of(spec.Task, spec.Shape),
            Metrics = metrics,
        };
        File.WriteAllText(Path.Combine(folder, TrainedModelFiles.CardFile), card.ToJson());
    }

    private static ModelTensor Describe(string name, ElementType type, TensorShape shape) => new(name, type.ToString().ToLowerInvariant(), shape.Dimensions.ToArray());
}
