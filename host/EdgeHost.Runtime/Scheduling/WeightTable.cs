namespace EdgeHost.Runtime.Scheduling;

/// <summary>The weights of apps that share device time; replaced as a whole while queues use them. Thread-safe.</summary>
/// <param name="weights">The weights by app; not changed any more.</param>
internal sealed class WeightTable(IDictionary<string, double> weights)
{
    private volatile IDictionary<string, double> _weights = weights;

    /// <summary>The weight of an app, 1 where it has none of its own.</summary>
    public double Of(string app) => _weights.TryGetValue(app, out var weight) ? weight : 1;

    /// <summary>Puts other weights in force for steps that come from now on.</summary>
    public void Replace(IDictionary<string, double> weights) => _weights = weights;
}
