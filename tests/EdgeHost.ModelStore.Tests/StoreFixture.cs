using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeHost.Disks;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.ModelStore.Tests;

/// <summary>A store in a folder of its own that never touches the network unless a test gives it a handler.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly List<LocalModelStore> _stores = [];
    private readonly TempFolder _folder = new();

    public StoreFixture()
    {
        Options.HomeFolder = _folder.Combine("home");
        Options.CatalogFolders.Clear();
        Options.MirrorFolders.Clear();
        Options.HttpRetryDelay = TimeSpan.FromMilliseconds(1);
        Options.FreeSpaceReserveBytes = 0;
        Options.NpmExecutable = _folder.Combine("no-npm");
        Directory.CreateDirectory(CatalogFolder);
        Catalog = new ModelCatalog(Microsoft.Extensions.Options.Options.Create(Options));
    }

    public ModelStoreOptions Options { get; } = new();

    public ModelCatalog Catalog { get; }

    public FakeDisk Disk { get; } = new();

    public HttpMessageHandler? Handler { get; set; }

    public IModelImporter? Importer { get; set; }

    public string Root => _folder.Path;

    public string CatalogFolder => Path.Combine(Options.HomeFolder, "catalog");

    public string BlobsFolder => Path.Combine(Options.HomeFolder, "models", "blobs");

    /// <summary>A store on the shared home; each further one stands for another process.</summary>
    public LocalModelStore CreateStore()
    {
        var store = new LocalModelStore(
            Microsoft.Extensions.Options.Options.Create(Options), Catalog, TimeProvider.System, NullLogger.Instance, Handler ?? new NoNetwork(), Disk, Importer);
        _stores.Add(store);
        return store;
    }

    public string BlobOf(byte[] content) => Path.Combine(BlobsFolder, "sha256-" + Sha256(content));

    public string WriteFile(string relative, byte[] content)
    {
        var path = _folder.Combine(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Puts a manifest with one variant into the catalogue.</summary>
    public void AddModel(string id, params (string Name, byte[] Content, string[] Sources)[] files)
        => AddModel(id, "1.0.0", _ => { }, files);

    public void AddModel(string id, string version, Action<JsonObject> change, params (string Name, byte[] Content, string[] Sources)[] files)
    {
        var manifest = Manifest(id, version, files);
        change(manifest);
        File.WriteAllText(Path.Combine(CatalogFolder, $"{id}-{version}.json"), manifest.ToJsonString());
        Catalog.Refresh();
    }

    public static JsonObject Manifest(string id, string version, params (string Name, byte[] Content, string[] Sources)[] files) => new()
    {
        ["id"] = id,
        ["version"] = version,
        ["task"] = "test",
        ["summary"] = "A model of a test.",
        ["licence"] = new JsonObject { ["spdx"] = "Apache-2.0", ["permissive"] = true, ["notice"] = "Made by a test." },
        ["variants"] = new JsonArray(new JsonObject
        {
            ["name"] = "fp32",
            ["graph"] = files[0].Name,
            ["devices"] = new JsonArray("cpu"),
            ["files"] = new JsonArray([.. files.Select(file => new JsonObject
            {
                ["name"] = file.Name,
                ["sha256"] = Sha256(file.Content),
                ["bytes"] = file.Content.Length,
                ["sources"] = new JsonArray([.. file.Sources.Select(source => JsonValue.Create(source))]),
            })]),
        }),
    };

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
#pragma warning disable CA5394 // Test content, not a secret.
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

    public static async Task<EdgeHostException> FailsAsync(ErrorCode code, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(action);
        Assert.True(code == error.Code, $"expected {code}, got {error.Code}: {error.Message}");
        return error;
    }

    public void Dispose()
    {
        foreach (var store in _stores)
        {
            store.Dispose();
        }

        _folder.Dispose();
    }

    public sealed class FakeDisk : IFreeSpace
    {
        public long? Free { get; set; }

        public long? AvailableBytes(string folder) => Free;
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new HttpRequestException(HttpRequestError.NameResolutionError, "There is no network in this test.");
    }
}
