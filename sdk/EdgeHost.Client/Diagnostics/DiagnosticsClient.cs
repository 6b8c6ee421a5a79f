using EdgeHost.Capabilities.Host;
using EdgeHost.Capabilities.Models;

namespace EdgeHost.Client.Diagnostics;

/// <summary>
/// What the host does and why: its figures, its health, its decisions, and which models stay in memory. Thread-safe; obtained from
/// <see cref="EdgeHostClient.Diagnostics"/>.
/// </summary>
public sealed class DiagnosticsClient
{
    private readonly EdgeHostClient _client;

    internal DiagnosticsClient(EdgeHostClient client) => _client = client;

    /// <summary>One snapshot of devices, queues, models, memory and apps. Cheap: the host reads counters and runs nothing.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<StatsResponse> StatsAsync(CancellationToken cancellationToken = default)
        => _client.CallAsync<StatsRequest, StatsResponse>(HostMethods.Stats, new StatsRequest(), options: null, cancellationToken);

    /// <summary>How the host is. Answers within a bound (10 seconds unless configured otherwise) even while a device hangs.</summary>
    /// <param name="probe">Whether to run a tiny inference on each usable device and each model in memory; false only looks at what is under way.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<HealthResponse> HealthAsync(bool probe = false, CancellationToken cancellationToken = default)
        => _client.CallAsync<HealthRequest, HealthResponse>(HostMethods.Health, new HealthRequest { Probe = probe }, options: null, cancellationToken);

    /// <summary>What the host decided lately, the newest first: loads, evictions, refusals, devices, budget.</summary>
    /// <param name="subject">Only about this model (<c>id</c> or <c>id@version</c>), device or app; null for all.</param>
    /// <param name="kind">Only this kind; null for all.</param>
    /// <param name="count">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the count is out of its range; or as for any call.</exception>
    public ValueTask<ExplainResponse> ExplainAsync(
        string? subject = null, DecisionKind? kind = null, int count = 50, CancellationToken cancellationToken = default)
        => _client.CallAsync<ExplainRequest, ExplainResponse>(
            HostMethods.Explain, new ExplainRequest { Subject = subject, Kind = kind, Count = count }, options: null, cancellationToken);

    /// <summary>Loads a model and keeps it in memory until <see cref="UnpinAsync"/> or the end of the host, on this app's account.</summary>
    /// <param name="model"><c>id</c> (the pin moves on with a new version) or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the load; the pin is then not held.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model is not on the device;
    /// <see cref="ErrorCode.ResourceExhausted"/>: it does not fit beside what is pinned; or as for any call.</exception>
    public ValueTask<PinModelResponse> PinAsync(string model, CancellationToken cancellationToken = default)
        => _client.CallAsync<PinModelRequest, PinModelResponse>(ModelMethods.Pin, new PinModelRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Takes this app's pin back; the model stays until its memory is needed.</summary>
    /// <param name="model">As it was named when it was pinned.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<UnpinModelResponse> UnpinAsync(string model, CancellationToken cancellationToken = default)
        => _client.CallAsync<UnpinModelRequest, UnpinModelResponse>(ModelMethods.Unpin, new UnpinModelRequest { Model = model }, options: null, cancellationToken);
}
