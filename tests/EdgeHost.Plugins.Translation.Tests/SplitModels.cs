using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>Models whose decoder comes in two: <c>…-decoder</c> and <c>…-decoder-with-past</c>.</summary>
internal sealed class SplitModels(IModelProvider models) : IModelProvider
{
    private const string Later = "-with-past";

    public async ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
    {
        if (model.EndsWith(Later, StringComparison.Ordinal)) return new SplitDecoder(await models.LeaseAsync(model[..^Later.Length], cancellationToken), isFirst: false);
        var lease = await models.LeaseAsync(model, cancellationToken);
        return model.EndsWith("-decoder", StringComparison.Ordinal) ? new SplitDecoder(lease, isFirst: true) : lease;
    }
}
