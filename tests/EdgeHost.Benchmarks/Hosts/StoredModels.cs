using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>Real models of the tests' own store beside the user's, pulled there on first use.</summary>
internal static class StoredModels
{
    /// <summary>The model's graph.</summary>
    /// <param name="id">A model of a plugin.</param>
    /// <param name="cancellationToken">Stops a pull.</param>
    public static async Task<BenchmarkModel> GetAsync(string id, CancellationToken cancellationToken)
    {
        var options = new ModelStoreOptions { HomeFolder = $"{EdgeHostPaths.Home}-tests" };
        options.CatalogFolders.Add(Path.Combine(Repository.Root, "plugins", "Vision", "models"));
        options.CatalogFolders.Add(Path.Combine(Repository.Root, "plugins", "Speech", "models"));
        var wrapped = Options.Create(options);
        using var store = new LocalModelStore(wrapped, new ModelCatalog(wrapped), TimeProvider.System, NullLogger<LocalModelStore>.Instance);
        await store.PullAsync(id, options: null, progress: null, cancellationToken);
        var found = await store.ResolveAsync(id, cancellationToken);
        return new BenchmarkModel { Id = id, GraphPath = found.GraphPath, Sha256 = found.GraphSha256 };
    }
}
