namespace EdgeHost.Host.Cli;

/// <summary>What the process returns; documented in docs/operations.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Usage = 2;

    /// <summary>Nobody reads the output any more: what a shell says of a program that SIGPIPE ended.</summary>
    public const int OutputClosed = 141;
}
