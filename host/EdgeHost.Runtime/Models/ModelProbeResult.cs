namespace EdgeHost.Runtime.Models;

/// <summary>What a tiny inference on a resident model gave.</summary>
/// <param name="Model"><c>id@version</c>.</param>
/// <param name="Device">Where.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Time">From asking to the answer, queue included.</param>
/// <param name="Error">What was wrong, for a person; null where nothing was.</param>
public sealed record ModelProbeResult(string Model, string Device, ModelProbeOutcome Outcome, TimeSpan Time, string? Error);
