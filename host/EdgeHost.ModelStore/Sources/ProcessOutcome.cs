namespace EdgeHost.ModelStore.Sources;

/// <summary>How a process ended, with the beginning of what it wrote.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Errors);
