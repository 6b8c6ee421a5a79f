using EdgeHost.Capabilities.Host;
using EdgeHost.Client;
using EdgeHost.Client.Training;
using EdgeHost.Protocol;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>An app that runs models. Thread-safe.</summary>
internal sealed class ModelClient(EdgeHostClient client) : IAsyncDisposable
{
    /// <summary>The app's training.</summary>
    public TrainingClient Training => client.Training;

    /// <summary>Runs a model.</summary>
    public async Task<RunResponse> RunAsync(RunRequest request, CallPriority priority, CancellationToken cancellationToken)
        => await client.CallAsync<RunRequest, RunResponse>(RunRequest.Method, request, new CallOptions { Priority = priority }, cancellationToken);

    /// <summary>Runs a model with all that a caller may say.</summary>
    public async Task<RunResponse> RunAsync(RunRequest request, CallOptions options, CancellationToken cancellationToken)
        => await client.CallAsync<RunRequest, RunResponse>(RunRequest.Method, request, options, cancellationToken);

    /// <summary>Runs a model and asks where and why there.</summary>
    public async Task<(RunResponse Response, CallInfo Info)> ExplainAsync(RunRequest request, CancellationToken cancellationToken)
    {
        CallInfo? info = null;
        var response = await RunAsync(request, new CallOptions { OnInfo = given => info = given }, cancellationToken);
        return (response, info ?? throw new InvalidOperationException("The host did not explain the call."));
    }

    public async Task<HealthResponse> GetHealthAsync(CancellationToken cancellationToken)
        => await client.CallAsync<HealthRequest, HealthResponse>(Capabilities.Host.HostMethods.Health, new HealthRequest(), options: null, cancellationToken);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
