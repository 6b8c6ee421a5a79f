using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>A host that knows of models and gives none.</summary>
internal sealed class ListedModels(params StoredModel[] models) : IModelProvider
{
    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model}' is not on this device.");

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken)
        => new([.. models.Where(_ => task == "translation").Select(static model => new AvailableModel
        {
            Id = model.Id,
            Version = "1.0.0",
            IsInstalled = model.IsInstalled,
            PullCommand = $"edgehost models pull {model.Id}",
            Properties = new Dictionary<string, string> { ["family"] = "marian", ["source"] = model.Source, ["target"] = model.Target, ["decoder"] = $"{model.Id}-decoder" },
        })]);
}
