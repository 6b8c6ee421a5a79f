using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>A host that knows two keywords and has none of them.</summary>
internal sealed class NotPulled : IModelProvider
{
    private static readonly AvailableModel[] Keywords =
    [
        new AvailableModel { Id = "my-own", Version = "1", Licence = "MIT", PullCommand = "edgehost models pull my-own" },
        new AvailableModel { Id = "keyword-alexa", Version = "0.1.0", Licence = "CC-BY-NC-SA-4.0", PullCommand = "edgehost models pull keyword-alexa" },
    ];

    public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model}' is not on this device.");

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(task == "keyword" ? Keywords : []);
}
