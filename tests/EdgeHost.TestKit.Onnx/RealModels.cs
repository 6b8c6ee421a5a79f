using System.Collections.Concurrent;
using EdgeHost.ModelImport;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.TestKit.Onnx;

/// <summary>
/// The real models of a first-party plugin, pulled into the user's own model store on first use and then found there;
/// those that only tests use have a store beside it. Models whose licence a person must accept are never put into the user's store: a name such as
/// <c>Speech:keyword-,oww-</c> means the plugin's models whose ids begin so, in the tests' store, with their licences accepted for tests alone, and from the shared mirror where no
/// package has them. Tests that need them are marked <see cref="RealModelsFactAttribute"/> or <see cref="RealModelsTheoryAttribute"/>, which skip with the reason where they cannot be had.
/// </summary>
public sealed class RealModels : IDisposable
{
    private static readonly ConcurrentDictionary<string, Task<string?>> Pulls = new(StringComparer.Ordinal);

    private readonly LocalModelStore _store;
    private readonly string? _missing;
    private readonly DirectModelProvider _provider;

    private RealModels(LocalModelStore store, string? missing)
    {
        _store = store;
        _missing = missing;
        Source = new StoreModelSource(store);
        _provider = new DirectModelProvider(Source);
    }

    /// <summary>The files.</summary>
    public StoreModelSource Source { get; }

    /// <summary>The models in process.</summary>
    /// <exception cref="InvalidOperationException">They cannot be had.</exception>
    public DirectModelProvider Provider => _missing is null ? _provider : throw new InvalidOperationException(_missing);

    /// <summary>Pulls what is missing and opens the models.</summary>
    /// <param name="plugin">The plugin's folder below <c>plugins/</c>, whose <c>models/</c> describes them.</param>
    public static async Task<RealModels> OpenAsync(string plugin)
        => new RealModels(CreateStore(plugin), await PullAsync(plugin).ConfigureAwait(false));

    /// <summary>Pulls every model of a plugin, once in this process.</summary>
    /// <param name="plugin">The plugin's folder below <c>plugins/</c>.</param>
    /// <returns>Null, or why the models cannot be had: no npm client, no network.</returns>
    public static Task<string?> PullAsync(string plugin)
        => Pulls.GetOrAdd(plugin, static plugin => Task.Run(async () =>
        {
            using var store = CreateStore(plugin);
            try
            {
                var options = new PullOptions { Licence = plugin.Contains(':', StringComparison.Ordinal) ? LicenceConsent.Accepted : LicenceConsent.NotGiven };
                foreach (var manifest in Directory.EnumerateFiles(Folder(plugin), "*.json").Where(path => IsWanted(plugin, path)).Order(StringComparer.Ordinal))
                {
                    await store.PullAsync(Path.GetFileNameWithoutExtension(manifest), options, null, CancellationToken.None).ConfigureAwait(false);
                }

                return null;
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.Unavailable or ErrorCode.FailedPrecondition)
            {
                return $"The models of {plugin} cannot be had: {e.Message}";
            }
        }));

    public void Dispose()
    {
        _provider.Dispose();
        _store.Dispose();
    }

    /// <summary>Why a test cannot run, or null.</summary>
    internal static string? WhySkip(string plugin, string? sharedData)
    {
        if (sharedData is not null && Repository.FindShared(sharedData) is null) return $"The shared data '{sharedData}' is not on this machine.";
#pragma warning disable VSTHRD002 // An attribute has no asynchronous constructor; the pull runs on the pool and never needs this thread.
        return PullAsync(plugin).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private static bool IsWanted(string plugin, string manifest)
    {
        if (plugin.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            return plugin[(colon + 1)..].Split(',').Any(prefix => Path.GetFileName(manifest).StartsWith(prefix, StringComparison.Ordinal));
        }

        return ModelManifestReader.Read(File.ReadAllBytes(manifest)).Manifest is not { } known || (known.Licence.Permissive && !known.Properties.ContainsKey("on_request"));
    }

    private static string Folder(string plugin) => Path.Combine(Repository.Root, "plugins", plugin.Split(':')[0], "models");

    private static LocalModelStore CreateStore(string plugin)
    {
        var options = new ModelStoreOptions();
        options.CatalogFolders.Add(Folder(plugin));

        // Models whose licence the user was not asked about have no place in his own store.
        if (plugin.Contains(':', StringComparison.Ordinal))
        {
            options.HomeFolder = $"{EdgeHostPaths.Home}-tests";
            if (Repository.FindShared("mirror") is { } mirror) options.MirrorFolders.Add(mirror);
        }

        var wrapped = Options.Create(options);
        return new LocalModelStore(wrapped, new ModelCatalog(wrapped), TimeProvider.System, NullLogger<LocalModelStore>.Instance, new ModelImporter(Options.Create(new ModelImportOptions())));
    }
}
