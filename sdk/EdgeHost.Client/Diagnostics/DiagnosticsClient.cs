using EdgeHost.Capabilities.Host;

namespace EdgeHost.Client.Diagnostics;

/// <summary>
/// What the host does and why: its figures, its health and its decisions. Thread-safe; obtained from
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
}
