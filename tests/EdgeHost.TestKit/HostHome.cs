using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.TestKit;

/// <summary>A home folder of its own for a host that is about to start: its plugins, models and configuration. Gone when disposed. Not thread-safe.</summary>
public sealed class HostHome : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    public string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Copies a test plugin there.</summary>
    /// <param name="plugin">A folder of <c>artifacts/test-plugins</c>.</param>
    /// <param name="models">Ids of the models that its manifest is to say it may lease.</param>
    /// <returns>The plugin's folder.</returns>
    public string LayOutPlugin(string plugin, IEnumerable<string> models)
    {
        var source = System.IO.Path.Combine(Repository.Artifacts, "test-plugins", plugin);
        var target = Directory.CreateDirectory(Combine("plugins", plugin)).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));
        var manifest = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(source, "plugin.json")))!.AsObject();
        manifest["models"] = new JsonArray([.. models.Select(model => (JsonNode)model)]);
        File.WriteAllText(System.IO.Path.Combine(target, "plugin.json"), manifest.ToJsonString());
        return target;
    }

    /// <summary>Pulls models into its store.</summary>
    /// <param name="models">Their ids.</param>
    /// <param name="catalogs">Folders with their manifests, besides the home's own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PullAsync(IEnumerable<string> models, IEnumerable<string> catalogs, CancellationToken cancellationToken = default)
    {
        var options = new ModelStoreOptions { HomeFolder = Path };
        foreach (var catalog in catalogs) options.CatalogFolders.Add(catalog);
        var wrapped = Options.Create(options);
        using var store = new LocalModelStore(wrapped, new ModelCatalog(wrapped), TimeProvider.System, NullLogger<LocalModelStore>.Instance);
        foreach (var model in models) await store.PullAsync(model, options: null, progress: null, cancellationToken);
    }

    /// <summary>Writes its configuration file.</summary>
    /// <param name="settings">Flat keys, for example <c>Runtime:Scheduling:QueueLimit</c>; values are JSON or else text.</param>
    public void Configure(IReadOnlyDictionary<string, string> settings) => File.WriteAllText(Combine("edgehost.json"), ToJson(settings).ToJsonString());

    public void Dispose() => _folder.Dispose();

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> settings)
    {
        var root = new JsonObject();
        foreach (var (key, value) in settings)
        {
            var parts = key.Split(':');
            var section = root;
            foreach (var part in parts[..^1])
            {
                if (section[part] is not JsonObject next) section[part] = next = [];
                section = next;
            }

            section[parts[^1]] = ToValue(value);
        }

        return root;
    }

    // Numbers, switches and lists are written as such, everything else as text.
    private static JsonNode? ToValue(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
