namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Run times learned online for each (model, shape bucket, device), kept across restarts. Thread-safe; reading and observing take no lock that is held long.
/// </summary>
public interface ILatencyModel
{
    /// <summary>The expected run time of a step, or null where nothing like it ran on this device.</summary>
    /// <param name="model"><c>id@version</c>.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="shapeBucket">What <see cref="ShapeBucket"/> made of the inputs, or null for the model's typical step.</param>
    TimeSpan? Estimate(string model, string device, long? shapeBucket);

    /// <summary>As <see cref="Estimate"/>, with a figure that most runs do not exceed.</summary>
    /// <param name="model"><c>id@version</c>.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="shapeBucket">What <see cref="ShapeBucket"/> made of the inputs, or null for the model's typical step.</param>
    LatencyEstimate? EstimateWithSpread(string model, string device, long? shapeBucket)
        => Estimate(model, device, shapeBucket) is { } expected ? new LatencyEstimate(expected, expected) : null;

    /// <summary>A step ran.</summary>
    /// <param name="model"><c>id@version</c>.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="shapeBucket">What <see cref="ShapeBucket"/> made of its inputs.</param>
    /// <param name="runTime">How long it ran.</param>
    void Observe(string model, string device, long shapeBucket, TimeSpan runTime);
}
