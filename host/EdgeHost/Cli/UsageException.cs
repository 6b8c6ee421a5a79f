namespace EdgeHost.Host.Cli;

/// <summary>The command was used wrongly in a way that the parser cannot see; ends with exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
