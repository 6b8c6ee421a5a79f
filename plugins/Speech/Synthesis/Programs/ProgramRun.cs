using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;

namespace EdgeHost.Plugins.Speech.Synthesis.Programs;

/// <summary>
/// One process of a program: it waits for its input, is given it once, and its output is read to the end. It runs without a shell, in a clean environment; disposing ends it with
/// everything that it started. Not thread-safe.
/// </summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    private const int BlockBytes = 16 * 1024;
    private const int MostErrorBytes = 2048;
    private static readonly string[] KeptVariables = ["PATH", "SystemRoot", "ESPEAK_DATA_PATH"];
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string? _outputFile;
    private readonly Task<string> _errors;

    private ProgramRun(ProgramCommand command, Process process, string? outputFile)
    {
        (Command, _process, _outputFile) = (command, process, outputFile);
        _errors = ReadErrorsAsync(process.StandardError.BaseStream);
    }

    /// <summary>What runs.</summary>
    public ProgramCommand Command { get; }

    /// <summary>Whether it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="folder">Where it runs, and writes its file.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the system does not start it.</exception>
    public static ProgramRun Start(ProgramCommand command, string folder)
    {
        var outputFile = command.WritesFile ? Path.Combine(folder, $"{Guid.NewGuid():N}.out") : null;
        var start = new ProcessStartInfo(command.File.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument == ProgramCommand.OutputFile ? outputFile! : argument);
        Clean(start.Environment);
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new ProgramRun(command, process, outputFile);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            process.Dispose();
            throw new EdgeHostException(ErrorCode.Unavailable, $"The program '{command.Name}' could not be started.", e);
        }
    }

    /// <summary>Gives the input and reads the output. Once a run.</summary>
    /// <param name="input">The input.</param>
    /// <param name="mostBytes">The longest output that is read.</param>
    /// <param name="cancellationToken">Stops; the process ends when it is disposed.</param>
    /// <returns>The output.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it failed; <see cref="ErrorCode.ResourceExhausted"/>: the output is longer.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ReadOnlyMemory<byte> input, int mostBytes, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (IOException e)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"The program '{Command.Name}' ended before it was given its text.", e);
        }

        var output = await ReadAsync(_process.StandardOutput.BaseStream, mostBytes, cancellationToken).ConfigureAwait(false);
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_process.ExitCode != 0)
        {
            var errors = await _errors.ConfigureAwait(false);
            throw new EdgeHostException(ErrorCode.Unavailable, $"The program '{Command.Name}' failed (exit code {_process.ExitCode}).", new IOException(errors));
        }

        if (_outputFile is null) return output;
        if (!File.Exists(_outputFile)) return default;
        var file = new FileStream(_outputFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            return await ReadAsync(file, mostBytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // One that only waits ends by itself when nothing more can come.
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
        }

        if (!await HasEndedAsync(Patience).ConfigureAwait(false))
        {
            Kill();
            await HasEndedAsync(Grace).ConfigureAwait(false);
        }

        _process.Dispose();
        if (_outputFile is not null) File.Delete(_outputFile);
    }

    private static void Clean(IDictionary<string, string?> environment)
    {
        var kept = KeptVariables.Select(name => (name, value: environment.TryGetValue(name, out var value) ? value : null)).ToList();
        environment.Clear();
        foreach (var (name, value) in kept.Where(static entry => entry.value is not null)) environment[name] = value;
        environment["LC_ALL"] = "C.UTF-8";
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int mostBytes, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(BlockBytes);
        while (await stream.ReadAsync(output.GetMemory(BlockBytes), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            output.Advance(count);
            if (output.WrittenCount > mostBytes)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The program '{Command.Name}' made far more sound than the text can have. Send other text, or slice it differently.");
            }
        }

        return output.WrittenMemory;
    }

    private async ValueTask<bool> HasEndedAsync(TimeSpan within)
    {
        if (_process.HasExited) return true;
        using var patience = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended meanwhile.
        }
    }

    // Read to the end, so that a program that complains a lot does not wait for a reader; little of it is kept.
    private static async Task<string> ReadErrorsAsync(Stream stream)
    {
        var (kept, length, block) = (new byte[MostErrorBytes], 0, new byte[512]);
        try
        {
            while (await stream.ReadAsync(block).ConfigureAwait(false) is > 0 and var count)
            {
                var taken = Math.Min(count, kept.Length - length);
                block.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
                length += taken;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process was ended.
        }

        return System.Text.Encoding.UTF8.GetString(kept, 0, length);
    }
}
