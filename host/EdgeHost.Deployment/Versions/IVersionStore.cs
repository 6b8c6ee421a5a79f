namespace EdgeHost.Deployment.Versions;

/// <summary>The versions that were made on this device. Thread-safe; what has completed is on the disk, what has failed changed nothing.</summary>
public interface IVersionStore
{
    /// <summary>Takes a version in: copies its files, checks them, and lets it begin where it says.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Stops before the version is there; afterwards it has no effect.</param>
    /// <returns>The version with its number.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: a name, the folder, the graph or the lineage is no good; <see cref="ErrorCode.NotFound"/>: no such model;
    /// <see cref="ErrorCode.FailedPrecondition"/>: its inputs and outputs are not those of the version it would replace (the message has both), or that is not on
    /// the device; <see cref="ErrorCode.ResourceExhausted"/>: a limit or the disk, with both figures.
    /// </exception>
    Task<ModelVersion> AddAsync(NewVersion version, CancellationToken cancellationToken);

    /// <summary>Lists versions, the newest of each model first.</summary>
    /// <param name="model">Only of this model; null for all.</param>
    /// <param name="scope">Only for this scope; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, VersionScope? scope, CancellationToken cancellationToken);

    /// <summary>The folder of a version's files, which must not be changed; null where they have been removed.</summary>
    /// <param name="version">The version, as this store gave it.</param>
    string? FolderOf(ModelVersion version);

    /// <summary>Deletes every version of a scope for good, whatever its state: files, lineage and history. What was served by one is served by what stands behind it.</summary>
    /// <param name="scope">An app; not the device.</param>
    /// <param name="cancellationToken">Stops before anything is deleted; afterwards it has no effect.</param>
    /// <returns>The versions that are gone.</returns>
    /// <exception cref="ArgumentException">The scope is the device.</exception>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the disk; <see cref="ErrorCode.DataLoss"/>: the records are damaged.</exception>
    Task<IReadOnlyList<ModelVersion>> ForgetAsync(VersionScope scope, CancellationToken cancellationToken);

    /// <summary>What was decided about a model's versions, the newest first.</summary>
    /// <param name="model">The model's id; null for all.</param>
    /// <param name="scope">Only for this scope; null for all.</param>
    /// <param name="most">How many at most, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<VersionEvent>> HistoryAsync(string? model, VersionScope? scope, int most, CancellationToken cancellationToken);
}
