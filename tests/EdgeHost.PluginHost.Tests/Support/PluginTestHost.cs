using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginHost.Registry;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Tests.Support;

/// <summary>A plugin registry over folders of its own, with a clock and a scan that the test drives.</summary>
internal sealed class PluginTestHost : IAsyncDisposable
{
    public static readonly TimeSpan Unexpected = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private readonly Lazy<PluginRegistry> _registry;

    public PluginTestHost()
    {
        Directory.CreateDirectory(Plugins);
        Options = new PluginHostOptions
        {
            DataFolder = _folder.Combine("data"),
            ShadowFolder = _folder.Combine("shadow"),
            DescriptionFolder = _folder.Combine("known"),
            StartTimeout = TimeSpan.FromSeconds(31),
            DrainTimeout = TimeSpan.FromSeconds(21),
            StopTimeout = TimeSpan.FromSeconds(11),
        };
        Options.Directories.Add(new PluginDirectory { Path = Plugins });
        _registry = new Lazy<PluginRegistry>(() => new PluginRegistry(new PluginHostContext(
            Options,
            Catalog,
            new ShadowCopies(Options, Loggers.CreateLogger<ShadowCopies>()),
            new Lazy<IReadOnlyList<AssemblyName>>(SharedAssemblies.Resolve),
            Time,
            Loggers,
            () => GC.CollectionCount(GC.MaxGeneration))
        {
            PersonalisationCheck = PersonalisationCheck,
        }));
    }

    /// <summary>Set before the registry is used.</summary>
    public IPersonalisationCheck? PersonalisationCheck { get; init; }

    public string Plugins => _folder.Combine("plugins");

    public string Root => _folder.Path;

    public PluginHostOptions Options { get; }

    public TestCatalog Catalog { get; } = new();

    public SignallingTimeProvider Time { get; } = new();

    public RecordingLoggerFactory Loggers { get; } = new();

    public PluginRegistry Registry => _registry.Value;

    public static string Built(string plugin) => Path.Combine(Repository.Artifacts, "test-plugins", plugin);

    /// <summary>Copies a built plugin into a folder, over what is there, and edits its manifest.</summary>
    public string Install(string plugin, string? folder = null, Action<JsonObject>? edit = null)
    {
        var target = Path.Combine(Plugins, folder ?? plugin);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(Built(plugin)))
        {
            var copy = Path.Combine(target, Path.GetFileName(file));
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        if (edit is not null) Edit(folder ?? plugin, edit);
        return target;
    }

    public void Edit(string folder, Action<JsonObject> edit)
    {
        var path = Path.Combine(Plugins, folder, "plugin.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        edit(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    public static Action<JsonObject> Mode(string mode) => manifest => manifest["settings"]!["mode"] = mode;

    /// <summary>Looks until what is in the folders now is accepted, and waits for the changes that follow.</summary>
    public async Task SettleAsync()
    {
        Registry.Scan();
        Registry.Scan();
        await Registry.WhenChangedAsync().WaitAsync(Unexpected);
    }

    public PluginInfo Info(string id) => Registry.List().Single(info => info.Id == id);

    public async Task<string> CallAsync(string method, byte[]? body = null, Func<byte[], CancellationToken, Task>? sink = null, CancellationToken cancellationToken = default)
        => Encoding.UTF8.GetString(await CallBytesAsync(method, body, sink, cancellationToken));

    public async Task<byte[]> CallBytesAsync(string method, byte[]? body = null, Func<byte[], CancellationToken, Task>? sink = null, CancellationToken cancellationToken = default)
    {
        var route = Catalog.Find(method) ?? throw new EdgeHostException(ErrorCode.Unimplemented, $"No route to {method}.");
        var entered = await route.Target.EnterAsync(method, cancellationToken);
        try
        {
            var response = new ArrayBufferWriter<byte>();
            await entered.Handler.HandleAsync(new TestCall(method, body ?? [], sink), response, cancellationToken);
            return response.WrittenSpan.ToArray();
        }
        finally
        {
            entered.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry.IsValueCreated) await Registry.StopAsync().WaitAsync(Unexpected);
        _folder.Dispose();
    }
}
