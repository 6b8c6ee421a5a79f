using System.ComponentModel;
using System.Diagnostics;

namespace EdgeHost.Host.Diagnostics;

/// <summary>Runs a program for its one line of output, for a bounded time.</summary>
internal static class BoundedProcess
{
    private const int MostCharacters = 4096;

    /// <summary>The trimmed standard output, or null if the program is missing, fails or takes too long.</summary>
    public static async Task<string?> TryReadAsync(string program, string arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(timeout);
        try
        {
            var buffer = new char[MostCharacters];
            var read = await process.StandardOutput.ReadBlockAsync(buffer, bounded.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(bounded.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? new string(buffer, 0, read).Trim() : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
