namespace EdgeHost.PluginSdk.Testing;

/// <summary>A host without models.</summary>
internal sealed class NoModels : IModelProvider
{
    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
        => ValueTask.FromException<IModelLease>(new EdgeHostException(
            ErrorCode.NotFound, $"The test has no model '{model}'. Give PluginTestOptions.Models a provider that does."));
}
