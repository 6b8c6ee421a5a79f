namespace EdgeHost.Benchmarks.Hosts;

/// <summary>How to start a host. Immutable.</summary>
internal sealed class RunningHostOptions
{
    /// <summary>Its home folder; null for the user's own, which has the models already pulled.</summary>
    public string? Home { get; init; }

    /// <summary>Further arguments of <c>edgehost serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
