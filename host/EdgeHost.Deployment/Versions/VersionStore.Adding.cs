using System.Globalization;
using System.Text.Json;
using EdgeHost.Deployment.Signatures;
using EdgeHost.Deployment.Storage;
using EdgeHost.Runtime.Models;
using EdgeHost.Storage.Databases;
using EdgeHost.Disks;

namespace EdgeHost.Deployment.Versions;

/// <content>Taking versions in.</content>
internal sealed partial class VersionStore
{
    public async Task<ModelVersion> AddAsync(NewVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        CheckWords(version);
        try
        {
            return await CheckAndAddAsync(version, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsKnown(e))
        {
            throw _database.Errors.Map(e);
        }
    }

    private async Task<ModelVersion> CheckAndAddAsync(NewVersion version, CancellationToken cancellationToken)
    {
        var files = VersionFiles.FilesOf(version.Folder);
        var bytes = files.Sum(static file => file.Length);
        if (bytes > _options.MaxVersionBytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"The files of this version have {Number(bytes)} bytes; the limit is {Number(_options.MaxVersionBytes)} (Deployment:MaxVersionBytes).");
        }

        var shipped = ModelNames.IsOfApp(version.Model) ? null : await _source.ResolveAsync(version.Model, cancellationToken).ConfigureAwait(false);

        // One at a time: what is counted against the limits is still so when the version is there.
        await _adding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var active = await RefreshAsync(cancellationToken).ConfigureAwait(false);
            var served = active.Current(version.Model, version.Scope) ?? active.Current(version.Model, VersionScope.Device);
            if (served?.Base != shipped?.Version) served = null;
            CheckSignature(version, served, shipped);
            await PruneAsync(version.Scope, cancellationToken).ConfigureAwait(false);
            await CheckRoomAsync(version.Scope, bytes, cancellationToken).ConfigureAwait(false);
            return await AddAsync(version, files, bytes, shipped?.Version, served?.Version ?? shipped?.Version, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _adding.Release();
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task<ModelVersion> AddAsync(
        NewVersion version, IReadOnlyList<FileInfo> files, long bytes, string? shipped, string? parent, CancellationToken cancellationToken)
    {
        var (folder, hash) = await Task.Run(() => Files.Copy(files, cancellationToken), CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await ChangeAsync(connection => Insert(connection, version, folder, hash, bytes, shipped, parent), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Unless the commit itself came through: then the record has the last word, and upkeep knows the folder.
            if (!await IsKnownAsync(folder).ConfigureAwait(false)) Files.Remove(folder);
            throw;
        }
    }

    private ModelVersion Insert(StoreConnection connection, NewVersion version, string folder, string hash, long bytes, string? shipped, string? parent)
    {
        var now = _time.GetUtcNow();
        _atWrite?.Invoke("insert");
        var added = connection.Insert(new ModelVersion
        {
            Model = version.Model,
            Scope = version.Scope,
            Version = VersionNumbers.Of(shipped, connection.NextNumber(version.Model)),
            State = VersionState.Stored,
            Reason = "added",
            Base = shipped,
            Parent = parent,
            Lineage = version.Lineage,
            Gate = version.Gate,
            GraphSha256 = hash,
            Bytes = bytes,
            HasFiles = true,
            Folder = folder,
            Added = now,
            Changed = now,
        });
        Append(connection, added, null, VersionState.Stored, VersionActor.Maker, "added", figures: null);
        Trim(connection, added);

        // With nothing to be compared with, a trial would never end.
        var start = parent is null && version.Start != VersionState.Stored ? VersionState.Current : version.Start;
        return start == VersionState.Stored ? added : Enter(connection, added, start, VersionActor.Maker, parent is null ? "the first of its model" : "asked for when it was added", null, null);
    }

    private void CheckWords(NewVersion version)
    {
        ModelNames.Check(version.Model, version.Scope);
        version.Gate?.Check();
        if (version.Start == VersionState.Retired || !Enum.IsDefined(version.Start)) throw Invalid("A version begins stored, in shadow, as a canary, or as the current one.");
        if (version.Lineage.Length > _options.MaxLineageLength)
        {
            throw Invalid($"The lineage has {version.Lineage.Length} characters; the limit is {_options.MaxLineageLength} (Deployment:MaxLineageLength).");
        }

        try
        {
            using var lineage = JsonDocument.Parse(version.Lineage);
            if (lineage.RootElement.ValueKind != JsonValueKind.Object) throw Invalid("The lineage must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw Invalid($"The lineage is no JSON: {e.Message}");
        }
    }

    private void CheckSignature(NewVersion version, ModelVersion? served, ModelArtifact? shipped)
    {
        var offered = ModelSignature.Read(Path.Combine(version.Folder, VersionFiles.Graph));
        var graph = served is not null ? Path.Combine(Files.PathOf(served.Folder), VersionFiles.Graph) : shipped?.GraphPath;
        if (graph is null) return;
        var asked = ModelSignature.Read(graph);
        if (offered.Fits(asked)) return;
        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"This graph cannot stand in for {version.Model}@{served?.Version ?? shipped!.Version}: its inputs and outputs are {offered}, and must be {asked} (names, element types, numbers of dimensions).")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["expected"] = asked.ToString(), ["actual"] = offered.ToString() },
        };
    }

    private async Task CheckRoomAsync(VersionScope scope, long bytes, CancellationToken cancellationToken)
    {
        if (_database.Exists)
        {
            var kept = (await ListAsync(model: null, scope, cancellationToken).ConfigureAwait(false)).Where(static version => version.HasFiles).ToList();
            if (kept.Count >= _options.MaxAppVersions)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted, $"{kept.Count} versions of {scope} are kept; the limit is {_options.MaxAppVersions} (Deployment:MaxAppVersions).");
            }

            var used = kept.Sum(static version => version.Bytes);
            if (used + bytes > _options.MaxAppBytes)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted,
                    $"With this version those of {scope} would have {Number(used + bytes)} bytes; the limit is {Number(_options.MaxAppBytes)} (Deployment:MaxAppBytes).");
            }
        }

        PrivateFolders.Create(_options.Folder);
        if (_space.AvailableBytes(_options.Folder) is { } free && free - bytes < _options.FreeSpaceReserveBytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted,
                $"The disk has {Number(free)} bytes left; this version needs {Number(bytes)}, and {Number(_options.FreeSpaceReserveBytes)} stay free (Deployment:FreeSpaceReserveBytes).");
        }
    }

    private async Task<bool> IsKnownAsync(string folder)
    {
        try
        {
            return await _database.ReadAsync(connection => connection.Scalar<long>("SELECT count(*) FROM version WHERE folder = $1", folder), CancellationToken.None).ConfigureAwait(false) > 0;
        }
        catch (EdgeHostException)
        {
            // Nobody knows; upkeep will.
            return true;
        }
    }

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, problem);
}
