using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Models;

/// <summary>Files beside a graph that may be missing.</summary>
internal static class ModelFiles
{
    /// <summary>Reads a file whole; null where the model has none of that name.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> FindAsync(IModelLease lease, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await lease.ReadFileAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }
}
