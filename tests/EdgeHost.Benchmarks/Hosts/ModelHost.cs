using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>
/// The real host in a process and a home of its own, with the plugin that runs models and nothing learned. Its models are in the store before it starts.
/// </summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private const string Plugin = "ModelRunner";

    private readonly TempFolder _home = new();
    private RunningHost? _host;

    private ModelHost()
    {
    }

    public int ProcessId => _host!.ProcessId;

    /// <summary>What it logged so far.</summary>
    public string Output => _host!.Output;

    public static async Task<ModelHost> StartAsync(ModelHostOptions options, CancellationToken cancellationToken)
    {
        var host = new ModelHost();
        try
        {
            host.LayOutPlugin(options.Models);
            await host.InstallAsync(options.Models, cancellationToken);
            File.WriteAllText(host._home.Combine("edgehost.json"), ToJson(options.Settings).ToJsonString());
            host._host = await RunningHost.StartAsync(
                new RunningHostOptions { Home = host._home.Path, Arguments = Arguments(options.Settings) }, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task<ModelClient> ConnectAsync(string app, CancellationToken cancellationToken)
        => new ModelClient(await _host!.ConnectAsync(app, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _home.Dispose();
    }

    /// <summary>Flat keys as the nested objects of a configuration file.</summary>
    internal static JsonObject ToJson(IReadOnlyDictionary<string, string> settings)
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

    private void LayOutPlugin(IReadOnlyList<BenchmarkModel> models)
    {
        var source = Path.Combine(Repository.Artifacts, "test-plugins", Plugin);
        var target = Directory.CreateDirectory(_home.Combine("plugins", Plugin)).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));

        // The manifest says which models it may lease: those of this benchmark.
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "plugin.json")))!.AsObject();
        manifest["models"] = new JsonArray([.. models.Select(model => (JsonNode)model.Id)]);
        File.WriteAllText(Path.Combine(target, "plugin.json"), manifest.ToJsonString());
        var catalog = Directory.CreateDirectory(Path.Combine(target, "models")).FullName;
        foreach (var model in models) File.WriteAllText(Path.Combine(catalog, $"{model.Id}.json"), model.ToManifest().ToJsonString());
    }

    private async Task InstallAsync(IReadOnlyList<BenchmarkModel> models, CancellationToken cancellationToken)
    {
        var options = new ModelStoreOptions { HomeFolder = _home.Path };
        options.CatalogFolders.Add(_home.Combine("plugins", Plugin, "models"));
        var wrapped = Options.Create(options);
        using var store = new LocalModelStore(wrapped, new ModelCatalog(wrapped), TimeProvider.System, NullLogger<LocalModelStore>.Instance);
        foreach (var model in models) await store.PullAsync(model.Id, options: null, progress: null, cancellationToken);
    }

    // The budget has an option of its own, which stands over the file.
    private static string[] Arguments(IReadOnlyDictionary<string, string> settings)
        => settings.TryGetValue("Runtime:Pool:BudgetBytes", out var budget) ? ["--memory-budget", budget] : [];
}
