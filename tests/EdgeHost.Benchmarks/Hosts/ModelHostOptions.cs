namespace EdgeHost.Benchmarks.Hosts;

/// <summary>What a benchmark's host is to serve and how it is configured. Immutable.</summary>
internal sealed class ModelHostOptions
{
    /// <summary>Its models.</summary>
    public required IReadOnlyList<BenchmarkModel> Models { get; init; }

    /// <summary>Settings by flat key, for example <c>Runtime:Scheduling:QueueLimit</c>; values are JSON or else text.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
