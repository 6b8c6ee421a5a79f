namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>What glucose is expected to be in 30 minutes, in mg/dL.</summary>
/// <param name="Value">The expected value.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Examples">Examples of this person that the model has learnt from; with few it is close to "the last value holds".</param>
public readonly record struct GlucoseForecast(double Value, double Low, double High, int Examples);
