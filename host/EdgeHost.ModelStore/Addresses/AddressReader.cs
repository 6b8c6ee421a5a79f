using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelStore.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>Opens addresses with the same downloads, limits and mirrors as a pull. Thread-safe.</summary>
public sealed class AddressReader : IDisposable
{
    private readonly ModelStoreOptions _options;
    private readonly HttpClient _client;
    private readonly HttpDownload _http;
    private readonly NpmClient _npm;

    /// <summary>Creates a reader.</summary>
    public AddressReader(IOptions<ModelStoreOptions> options, TimeProvider time, ILogger<AddressReader> logger)
        : this(options, time, logger, LocalModelStore.CreateHandler())
    {
    }

    internal AddressReader(IOptions<ModelStoreOptions> options, TimeProvider time, ILogger logger, HttpMessageHandler http)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new HttpClient(http) { Timeout = Timeout.InfiniteTimeSpan };
        _http = new HttpDownload(_client, new BlobFolder(Path.Combine(Path.GetFullPath(_options.HomeFolder), "models")), _options, time, logger);
        _npm = new NpmClient(_options, time, logger);
    }

    /// <summary>Finds what a mirror folder has in an address's place; nothing is known of its bytes yet, so that it goes by its name.</summary>
    /// <param name="address">The address.</param>
    /// <param name="mirror">A folder that is looked into before those of <see cref="ModelStoreOptions.MirrorFolders"/>, or null.</param>
    /// <returns>
    /// A folder <c>OWNER/NAME</c> or <c>NAME</c> for a repository, an archive as <c>npm pack</c> names it for a package, a file of the same name for https, or null.
    /// </returns>
    public string? FindInMirror(ModelAddress address, string? mirror)
    {
        ArgumentNullException.ThrowIfNull(address);
        var folders = mirror is null ? _options.MirrorFolders : [Path.GetFullPath(mirror), .. _options.MirrorFolders];
        string[] names = address.Kind switch
        {
            FileSourceKind.HuggingFace => [address.Package, address.Package[(address.Package.IndexOf('/', StringComparison.Ordinal) + 1)..]],
            FileSourceKind.Npm => [$"{address.Package.TrimStart('@').Replace('/', '-')}-{address.Revision}.tgz"],
            _ => [WebFolder.FileNameOf(address.Url!)],
        };
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(path => address.Kind == FileSourceKind.HuggingFace ? Directory.Exists(path) : File.Exists(path));
    }

    /// <summary>Opens an address: asks a hub for the list of its files, or receives a package.</summary>
    /// <param name="address">The address.</param>
    /// <param name="archive">The package's archive where it is on this device, else null.</param>
    /// <param name="onBytes">Hears what is received and its bytes so far; from other threads too.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Fetches files; dispose it when they are in the store.</returns>
    /// <exception cref="EdgeHostException">As of <see cref="AddressFolder.FetchAsync"/>.</exception>
    public async Task<AddressFolder> OpenAsync(ModelAddress address, string? archive, Action<string, long> onBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Kind switch
        {
            FileSourceKind.HuggingFace => await HubRepository.OpenAsync(address, _http, _options, onBytes, cancellationToken).ConfigureAwait(false),
            FileSourceKind.Npm => await PackageFolder.OpenAsync(address, archive, _npm, _options, onBytes, cancellationToken).ConfigureAwait(false),
            _ => new WebFolder(address, _http, _options, onBytes),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
