namespace EdgeHost.Host.Cli;

/// <summary>Nobody reads standard output any more, as behind <c>| head -1</c>; ends quietly, and what was under way is cancelled.</summary>
internal sealed class OutputClosedException(IOException cause) : Exception("Standard output is closed.", cause);
