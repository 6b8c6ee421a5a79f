using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Recommendation.Engine.Networks;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>The host's engine as what the models ask for. Thread-safe.</summary>
internal sealed class NetworkTrainer(ITrainer trainer) : INetworkTrainer
{
    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> TrainAsync(NetworkTask task, CancellationToken cancellationToken)
    {
        var request = new TrainingRequest
        {
            Network = task.Network,
            Examples = task.Examples,
            Columns =
            [
                .. task.Numbers.Select(static column => new TrainingColumn { Name = column.Key, Numbers = column.Value }),
                .. task.Ids.Select(static column => new TrainingColumn { Name = column.Key, Ids = column.Value }),
            ],
            Tables = [.. task.Tables.Select(static table => new TrainingTable { Name = table.Key, Width = table.Value.Width, Values = table.Value.Values })],
            Steps = task.Steps,
            Batch = task.Batch,
            Rate = task.Rate,
            WeightDecay = task.WeightDecay,
            Seed = task.Seed,
        };
        return (await trainer.TrainAsync(request, cancellationToken).ConfigureAwait(false)).Parameters;
    }
}
