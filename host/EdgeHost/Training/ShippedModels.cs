using EdgeHost.Deployment.Versions;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Training;

/// <summary>Shipped models with the versions of them that were made here. Thread-safe.</summary>
internal sealed class ShippedModels(IVersionStore versions, IModelSource source) : IShippedModels
{
    public async ValueTask<ShippedModel> FindAsync(ExampleOwner owner, string model, string? version, CancellationToken cancellationToken)
    {
        var shipped = await source.ResolveAsync(model, cancellationToken).ConfigureAwait(false);
        var all = await versions.ListAsync(model, scope: null, cancellationToken).ConfigureAwait(false);
        var (own, device) = (new VersionScope(owner.App, owner.UserId), VersionScope.Device);

        // What was made of another shipped version does not serve.
        List<ModelVersion> usable = [.. all.Where(known => known.Base == shipped.Version && (known.Scope == own || known.Scope == device) && versions.FolderOf(known) is not null)];
        var found = version is null
            ? usable.Find(known => known.State == VersionState.Current && known.Scope == own) ?? usable.Find(static known => known.State == VersionState.Current)
            : usable.Find(known => known.Version == version);
        if (found is null && version is not null && version != shipped.Version)
        {
            throw new EdgeHostException(ErrorCode.NotFound, $"There is no version {version} of '{model}' any more; it ships as {shipped.Version}.");
        }

        return new ShippedModel
        {
            Id = model,
            Version = found?.Version ?? shipped.Version,
            GraphPath = found is null ? shipped.GraphPath : Path.Combine(versions.FolderOf(found)!, TrainedModelFiles.Graph),
            Base = shipped.Version,
            BaseGraphPath = shipped.GraphPath,
            BaseFiles = shipped.Files,
        };
    }
}
