namespace EdgeHost.Runtime.Devices;

/// <summary>What a self-test gave.</summary>
/// <param name="Outcome">Whether the device computes.</param>
/// <param name="Text">What was found, for a person.</param>
/// <param name="Time">How long it took, or how long it was waited for.</param>
/// <param name="Ended">Completes when its thread has come back; complete already unless nothing answered.</param>
internal sealed record SelfTestResult(SelfTestOutcome Outcome, string Text, TimeSpan Time, Task Ended);
