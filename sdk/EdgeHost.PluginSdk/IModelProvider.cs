namespace EdgeHost.PluginSdk;

/// <summary>Gives leases of models in the host's pool. Thread-safe.</summary>
public interface IModelProvider
{
    /// <summary>
    /// Leases a model, loading it first if it is not resident. All plugins and apps share one copy of its weights; it stays
    /// resident as long as any lease is held. Lease at the start of a call and dispose at its end: holding a lease between calls
    /// keeps the memory from everybody else.
    /// </summary>
    /// <param name="model">A model id from the manifest's <c>models</c>, or of a model of one of its <c>tasks</c>; optionally <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops waiting; a load that others wait for goes on.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such model; <see cref="ErrorCode.FailedPrecondition"/>: its files are not on the device (the
    /// message has the command that gets them); <see cref="ErrorCode.PermissionDenied"/>: neither it nor its task is in the plugin's manifest;
    /// <see cref="ErrorCode.DataLoss"/>: a file was altered; <see cref="ErrorCode.ResourceExhausted"/>: it does not fit the budget.
    /// </exception>
    ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the models of a task that the host knows, on the device or not: those on the device first, among each those whose property <c>default</c> is
    /// <c>true</c>, then by id. One entry an id. It is cheap enough to be asked in every call; what was just pulled or described may take a second to show.
    /// </summary>
    /// <remarks>Since contract 1.3. A provider that does not implement it, such as a test's, has none.</remarks>
    /// <param name="task">A task from the manifest's <c>tasks</c>, for example <c>speech-recognition</c>.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The models; empty where there are none. The list is the host's own and does not change.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the task is not in the plugin's manifest.</exception>
    ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new([]);
}
