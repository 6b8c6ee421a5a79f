using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>
/// The real host in a process and a home of its own, with the plugin that runs models and nothing learned. Its models are in the store before it starts.
/// </summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private const string Plugin = "ModelRunner";

    private readonly HostHome _home = new();
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
            var models = options.Models.Select(model => model.Id).ToList();
            var catalog = Directory.CreateDirectory(Path.Combine(host._home.LayOutPlugin(Plugin, models), "models")).FullName;
            foreach (var model in options.Models) await File.WriteAllTextAsync(Path.Combine(catalog, $"{model.Id}.json"), model.ToManifest().ToJsonString(), cancellationToken);
            await host._home.PullAsync(models, [catalog], cancellationToken);
            host._home.Configure(options.Settings);
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

    // The budget has an option of its own, which stands over the file.
    private static string[] Arguments(IReadOnlyDictionary<string, string> settings)
        => settings.TryGetValue("Runtime:Pool:BudgetBytes", out var budget) ? ["--memory-budget", budget] : [];
}
