namespace EdgeHost.PluginSdk;

/// <summary>Gives leases of models in the host's pool. Thread-safe.</summary>
public interface IModelProvider
{
    /// <summary>
    /// Leases a model, loading it first if it is not resident. All plugins and apps share one copy of its weights; it stays
    /// resident as long as any lease is held. Lease at the start of a call and dispose at its end: holding a lease between calls
    /// keeps the memory from everybody else.
    /// </summary>
    /// <param name="model">A model id from the manifest's <c>models</c>, optionally <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops waiting; a load that others wait for goes on.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such model; <see cref="ErrorCode.FailedPrecondition"/>: its files are not on the device (the
    /// message has the command that gets them); <see cref="ErrorCode.PermissionDenied"/>: not in the plugin's manifest;
    /// <see cref="ErrorCode.DataLoss"/>: a file was altered; <see cref="ErrorCode.ResourceExhausted"/>: it does not fit the budget.
    /// </exception>
    ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken);
}
