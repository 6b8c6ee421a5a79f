using EdgeHost.Client;
using EdgeHost.Protocol;
using TestPlugins.ModelRunner;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>An app that runs models. Thread-safe.</summary>
internal sealed class RunnerClient(EdgeHostClient client) : IAsyncDisposable
{
    public async Task<RunResponse> RunAsync(RunRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => await client.CallAsync<RunRequest, RunResponse>(RunRequest.Method, request, options, cancellationToken);

    public Task<RunResponse> RunAsync(string model, CallPriority priority = CallPriority.Normal, int steps = 1, CancellationToken cancellationToken = default)
        => RunAsync(new RunRequest { Model = model, Steps = steps }, new CallOptions { Priority = priority }, cancellationToken);

    /// <summary>Lets the plugin find the models of a task.</summary>
    public async Task<FindResponse> FindAsync(string task = "testing")
        => await client.CallAsync<FindRequest, FindResponse>(FindRequest.Method, new FindRequest { Task = task });

    /// <summary>Calls a method whose answer does not matter.</summary>
    public async Task CallAsync(string method, ReadOnlyMemory<byte> body)
    {
        using var answer = await client.CallAsync(method, body);
    }

    /// <summary>Runs a model and asks where and why there.</summary>
    public async Task<CallInfo> ExplainAsync(string model)
    {
        CallInfo? info = null;
        await RunAsync(new RunRequest { Model = model }, new CallOptions { OnInfo = given => info = given });
        return info ?? throw new InvalidOperationException("The host did not explain the call.");
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
