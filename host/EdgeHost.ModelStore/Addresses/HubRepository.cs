using System.Text.Json;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelStore.Sources;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>A repository of the hub at the commit that its revision stands for now, so that its files stay those that were tried.</summary>
internal sealed class HubRepository : AddressFolder
{
    private const long MaxListBytes = 16 << 20;

    private readonly HttpDownload _http;
    private readonly Uri _endpoint;
    private readonly Action<string, long> _onBytes;
    private readonly DownloadBudget _budget;
    private string _commit;
    private IReadOnlyList<string> _files = [];

    private HubRepository(ModelAddress address, HttpDownload http, ModelStoreOptions options, Action<string, long> onBytes)
        : base(address, options)
    {
        _http = http;
        _endpoint = options.HuggingFaceEndpoint;
        _onBytes = onBytes;
        _budget = new DownloadBudget(options.MaxImportBytes);
        _commit = address.Revision;
    }

    public override IReadOnlyList<string>? Files => _files;

    public static async Task<HubRepository> OpenAsync(
        ModelAddress address, HttpDownload http, ModelStoreOptions options, Action<string, long> onBytes, CancellationToken cancellationToken)
    {
        var repository = new HubRepository(address, http, options, onBytes);
        try
        {
            await repository.ListAsync(cancellationToken).ConfigureAwait(false);
            return repository;
        }
        catch
        {
            repository.Dispose();
            throw;
        }
    }

    private protected override async Task ReceiveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            var url = BlobFetcher.HuggingFaceUrl(_endpoint, NameOf(path));
            var bytes = await _http.ReceiveAsync(url, path, PlaceOf(path), _budget.Left, received => _onBytes(path, received), cancellationToken).ConfigureAwait(false);
            _budget.Take(path, bytes);
        }
    }

    private protected override FileSource NameOf(string path) => Address.SourceOf(path, _commit);

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var url = new Uri(_endpoint, $"/api/models/{Address.Package}/revision/{Address.Revision}");
        var path = Path.Combine(Work, "list.json");
        _ = await _http.ReceiveAsync(url, "list of files", path, MaxListBytes, _ => { }, cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            var root = json.RootElement;
            if (root.TryGetProperty("sha", out var sha) && sha.ValueKind == JsonValueKind.String) _commit = sha.GetString()!;
            _files = [.. root.GetProperty("siblings").EnumerateArray().Select(static file => file.GetProperty("rfilename").GetString()!).Where(FileSource.IsPlainPath).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"The server {_endpoint.Host} answered with no list of files for {Address}; {ModelStoreOptions.Section}:{nameof(ModelStoreOptions.HuggingFaceEndpoint)} may name another one.", e);
        }
    }
}
