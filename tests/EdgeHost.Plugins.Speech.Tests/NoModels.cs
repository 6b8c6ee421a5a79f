using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Tests;

/// <summary>A host on which no model was pulled.</summary>
internal sealed class NoModels : IModelProvider
{
    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model}' is not on this device.");
}
