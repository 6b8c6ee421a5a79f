using System.Diagnostics;
using System.Text;

namespace EdgeHost.ModelStore.Sources;

/// <summary>Runs an external program that can neither run too long, nor fill the memory with its output, nor outlive a cancelled call.</summary>
internal static class BoundedProcess
{
    private const int MaxOutputBytes = 64 * 1024;

    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end; when cancelled, kills it with all its children first.</summary>
    /// <exception cref="TimeoutException">It did not end in time and was killed.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<ProcessOutcome> RunAsync(ProcessStartInfo start, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process was not started.");
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput.BaseStream, both.Token);
        var errors = ReadAsync(process.StandardError.BaseStream, both.Token);
        try
        {
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return new ProcessOutcome(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            using var patience = new CancellationTokenSource(KillPatience, time);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)Task.WhenAll(output, errors)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"The program did not end within {timeout}.", e);
        }
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new byte[MaxOutputBytes];
        var rest = new byte[4096];
        var length = 0;
        while (true)
        {
            // What is beyond the limit is read and dropped, or the program would block on a full pipe.
            var read = length < kept.Length
                ? await stream.ReadAsync(kept.AsMemory(length), cancellationToken).ConfigureAwait(false)
                : await stream.ReadAsync(rest, cancellationToken).ConfigureAwait(false);
            if (read == 0) return Encoding.UTF8.GetString(kept, 0, length);
            if (length < kept.Length) length += read;
        }
    }
}
