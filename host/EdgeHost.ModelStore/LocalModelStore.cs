using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelStore.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore;

/// <summary>
/// The models on this device: content-addressed files under <c>models/</c> of the home folder, pulled and verified by the manifests of
/// the catalogue. Thread-safe, and safe beside other processes that use the same folder.
/// </summary>
public sealed partial class LocalModelStore : IDisposable
{
    private readonly ModelStoreOptions _options;
    private readonly ModelCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly BlobFolder _blobs;
    private readonly BlobVerifier _verifier;
    private readonly StoreLocks _locks;
    private readonly InstalledRecords _records;
    private readonly SpaceGuard _space;
    private readonly PackageSource _packages;
    private readonly BlobFetcher _fetcher;
    private readonly IModelImporter? _importer;

    /// <summary>Creates a store; its folders are created by the first pull. Without an importer, models of other formats are refused.</summary>
    public LocalModelStore(
        IOptions<ModelStoreOptions> options, ModelCatalog catalog, TimeProvider time, ILogger<LocalModelStore> logger, IModelImporter? importer = null)
        : this(options, catalog, time, logger, CreateHandler(), new DriveSpace(), importer)
    {
    }

    internal LocalModelStore(
        IOptions<ModelStoreOptions> options,
        ModelCatalog catalog,
        TimeProvider time,
        ILogger logger,
        HttpMessageHandler http,
        IFreeSpace disk,
        IModelImporter? importer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _importer = importer;
        _options = options.Value;
        _catalog = catalog;
        _time = time;
        _logger = logger;
        _http = new HttpClient(http) { Timeout = Timeout.InfiniteTimeSpan };
        var folder = Path.Combine(Path.GetFullPath(_options.HomeFolder), "models");
        _blobs = new BlobFolder(folder);
        _verifier = new BlobVerifier(_blobs);
        _locks = new StoreLocks(folder, _options.LockTimeout, time);
        _records = new InstalledRecords(folder, time, logger);
        _space = new SpaceGuard(_blobs, disk, _options);
        _packages = new PackageSource(folder, _blobs, _locks, new NpmClient(_options, time, logger), _options, time, logger);
        _fetcher = new BlobFetcher(
            _blobs, _verifier, _locks, new MirrorFolders(_options.MaxMirrorFiles, logger), new HttpDownload(_http, _blobs, _options, time, logger), _packages, _options, logger);
    }

    /// <summary>How many files this store hashed to answer whether they are whole.</summary>
    internal int HashedFiles => _verifier.HashedFiles;

    /// <summary>Bytes that blobs and interrupted pulls take.</summary>
    public long UsedBytes => _blobs.UsedBytes();

    /// <summary>
    /// Finds a model's files and makes sure that they are unaltered. The first call of a process hashes each file; later calls
    /// look at length, times and (on Linux) inode, and hash again only when one of them changed. A model that ships with its manifest needs no pull.
    /// </summary>
    /// <param name="model"><c>id</c> for the newest version on this device, or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops hashing.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such model, with the nearest names; <see cref="ErrorCode.FailedPrecondition"/>: not pulled, or
    /// pulled and no longer complete, with the command that mends it; <see cref="ErrorCode.DataLoss"/>: a file was altered, naming both hashes.
    /// </exception>
    public async ValueTask<ResolvedModel> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(model);
        if (await TakeShippedAsync(reference, FindInstalled(reference), cancellationToken).ConfigureAwait(false) is not { } installed) throw NotPulled(reference);
        var manifest = installed.Manifest;
        if (IsOutdated(installed)) throw PullAgain(manifest, "was pulled from an older description of this version");
        var variant = manifest.Variants.First(candidate => installed.Variants.Contains(candidate.Name, StringComparer.Ordinal));
        installed = await RenewImportAsync(installed, variant, cancellationToken).ConfigureAwait(false);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = UsedFiles(installed, variant);
        foreach (var file in used)
        {
            var state = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
            if (state.IsMissing) throw PullAgain(manifest, $"is incomplete: its file '{file.Name}' is gone");
            if (!state.IsGood)
            {
                throw new EdgeHostException(
                    ErrorCode.DataLoss,
                    $"The file '{file.Name}' of {manifest.Name} was altered on disk: expected SHA-256 {file.Sha256}, found {state.Actual}. 'edgehost models pull {manifest.Name}' restores it.")
                {
                    Details = VerifyingCopy.Facts(file.Name, file.Sha256, state.Actual!),
                };
            }

            files[file.Name] = _blobs.PathOf(file.Sha256);
        }

        // What the catalogue says now may be newer than what was pulled; the files are the same.
        var described = _catalog.Find(manifest.Id, manifest.Version) ?? manifest;

        return new ResolvedModel
        {
            Id = manifest.Id,
            Version = manifest.Version,
            Variant = variant.Name,
            GraphPath = files[variant.Graph],
            GraphSha256 = used.First(file => file.Name == variant.Graph).Sha256,
            Files = files,
            SizeBytes = used.Sum(file => file.Bytes),
            EstimatedMemoryBytes = variant.MemoryBytes,
            PreferredDevices = variant.Devices,
            Batching = variant.Batching,
            Task = described.Task,
            Properties = described.Properties,
        };
    }

    /// <summary>Everything in the catalogue or on this device, by id and then newest first. Looks at lengths, hashes nothing.</summary>
    /// <param name="cancellationToken">Stops between two models.</param>
    public Task<IReadOnlyList<ModelListing>> ListAsync(CancellationToken cancellationToken)
    {
        _catalog.RefreshIfChanged();
        var installed = _records.All().ToDictionary(record => record.Manifest.Name, StringComparer.Ordinal);
        var listings = new List<ModelListing>();
        foreach (var manifest in _catalog.Models)
        {
            cancellationToken.ThrowIfCancellationRequested();
            installed.Remove(manifest.Name, out var record);
            listings.Add(new ModelListing(manifest, record is null ? ModelState.NotPulled : StateOf(record), record));
        }

        listings.AddRange(installed.Values.Select(record => new ModelListing(record.Manifest, StateOf(record), record)));
        IReadOnlyList<ModelListing> ordered =
        [
            .. listings.OrderBy(listing => listing.Manifest.Id, StringComparer.Ordinal)
                .ThenByDescending(listing => listing.Manifest.Version, ModelVersionComparer.Instance),
        ];
        return Task.FromResult(ordered);
    }

    /// <summary>Hashes every file of one pulled model, or of all, whatever was found before.</summary>
    /// <param name="model"><c>id</c>, <c>id@version</c>, or null for all pulled models.</param>
    /// <param name="cancellationToken">Stops hashing.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.FailedPrecondition"/>: as for resolving.</exception>
    public async Task<IReadOnlyList<FileVerification>> VerifyAsync(string? model, CancellationToken cancellationToken)
    {
        var records = model is null ? _records.All() : SelectInstalled(ModelReference.Parse(model));
        var results = new List<FileVerification>();
        var known = new Dictionary<string, BlobState>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            foreach (var file in record.Files)
            {
                if (!known.TryGetValue(file.Sha256, out var state))
                {
                    state = known[file.Sha256] = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: true, null, cancellationToken).ConfigureAwait(false);
                }

                results.Add(new FileVerification(
                    record.Manifest.Id, record.Manifest.Version, file.Name, file.Sha256, state.IsGood ? file.Sha256 : state.Actual));
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>How every download of this process reaches its server.</summary>
    internal static SocketsHttpHandler CreateHandler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(15),
        MaxAutomaticRedirections = 8,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static EdgeHostException PullAgain(ModelManifest manifest, string what)
        => new(ErrorCode.FailedPrecondition, $"{manifest.Name} {what}. Run: edgehost models pull {manifest.Name}");

    private InstalledModel? FindInstalled(ModelReference reference)
        => _records.All().FirstOrDefault(record => Matches(record, reference));

    private List<InstalledModel> SelectInstalled(ModelReference reference)
    {
        var records = _records.All().Where(record => Matches(record, reference)).ToList();
        return records.Count > 0 ? records : throw NotPulled(reference);
    }

    private static bool Matches(InstalledModel record, ModelReference reference)
        => record.Manifest.Id == reference.Id && (reference.Version is null || record.Manifest.Version == reference.Version);

    private EdgeHostException NotPulled(ModelReference reference)
        => _catalog.Find(reference.Id, reference.Version) is { } manifest
            ? new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {manifest.Name} is not on this device yet. Run: edgehost models pull {reference}")
            : Unknown(reference);

    private EdgeHostException Unknown(ModelReference reference)
    {
        var ids = _catalog.Models.Select(model => model.Id).Concat(_records.All().Select(record => record.Manifest.Id)).Distinct(StringComparer.Ordinal).ToList();
        var versions = _catalog.Models.Where(model => model.Id == reference.Id).Select(model => model.Version).ToList();
        var hint = versions.Count > 0 ? $"Known versions: {string.Join(", ", versions)}."
            : NearestNames.Find(reference.Id, ids, 3) is { Count: > 0 } nearest ? $"Did you mean {string.Join(" or ", nearest)}?"
            : "'edgehost models list' shows all.";
        return new EdgeHostException(ErrorCode.NotFound, $"There is no model '{StrictObject.Shorten(reference.ToString())}'. {hint}");
    }

    private ModelState StateOf(InstalledModel record)
        => IsOutdated(record) ? ModelState.Outdated
            : record.Files.All(file => new FileInfo(_blobs.PathOf(file.Sha256)) is { Exists: true } blob && blob.Length == file.Bytes) ? ModelState.Installed
            : ModelState.Incomplete;

    private bool IsOutdated(InstalledModel record)
        => _catalog.Find(record.Manifest.Id, record.Manifest.Version) is { } manifest
            && record.Variants.Any(name => manifest.FindVariant(name) is not { } variant || !HaveSameFiles(variant, record.Manifest.FindVariant(name)!));

    private static bool HaveSameFiles(ModelVariant left, ModelVariant right)
        => left.Graph == right.Graph
            && left.Import == right.Import
            && left.Files.Select(file => (file.Name, file.Sha256)).ToHashSet().SetEquals(right.Files.Select(file => (file.Name, file.Sha256)));
}
