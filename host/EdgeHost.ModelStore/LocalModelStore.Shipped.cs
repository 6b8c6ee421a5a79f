using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <content>Models whose files lie beside their manifest.</content>
public sealed partial class LocalModelStore
{
    // A shipped model is on the device already: its first use copies its files, checked as those of any pull, to where all others are. A newer
    // plugin brings its newer model with it. What it requires is left alone: a first use fetches nothing from elsewhere.
    private async ValueTask<InstalledModel?> TakeShippedAsync(ModelReference reference, InstalledModel? installed, CancellationToken cancellationToken)
    {
        if (_catalog.Find(reference.Id, reference.Version) is not { IsShipped: true } manifest) return installed;
        var isNewer = installed is null || ModelVersionComparer.Instance.Compare(manifest.Version, installed.Manifest.Version) > 0;
        var isMissing = installed is not null && installed.Manifest.Version == manifest.Version && StateOf(installed) != ModelState.Installed;
        return isNewer || isMissing ? await PullAsync(manifest.Name, new PullOptions(), withRequired: false, progress: null, cancellationToken).ConfigureAwait(false) : installed;
    }
}
