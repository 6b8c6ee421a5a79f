using System.Diagnostics;
using System.Text;
using EdgeHost.Plugins.Speech.Synthesis;
using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>Programs that behave and that do not: shell scripts.</summary>
public sealed class ProgramPoolTests : IPluginStorage, IAsyncDisposable
{
    private static readonly byte[] Text = "text\n"u8.ToArray();
    private readonly TempFolder _folder = new();
    private readonly List<ProgramPool> _pools = [];

    public string DataFolder => _folder.Combine("data");

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools) await pool.DisposeAsync();
        _folder.Dispose();
    }

    [UnixFact]
    public async Task Input_ComesOutAgain()
    {
        var pool = Pool(new SynthesisOptions());
        var command = new ProgramCommand(Script("cat"));
        for (var i = 0; i < 5; i++) Assert.Equal("text\n", Encoding.UTF8.GetString((await pool.RunAsync(command, Text, 100, CancellationToken.None)).Span));
        await UntilAsync(() => pool.WarmCount == 2);
    }

    [UnixFact]
    public async Task File_IsReadAndRemoved()
    {
        var pool = Pool(new SynthesisOptions { WarmProcesses = 0 });
        var command = new ProgramCommand(Script("cat > \"$2\""), "-o", ProgramCommand.OutputFile);
        Assert.Equal("text\n", Encoding.UTF8.GetString((await pool.RunAsync(command, Text, 100, CancellationToken.None)).Span));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(DataFolder, "sounds")));
    }

    [UnixFact]
    public async Task Environment_HasNothingOfTheHosts()
    {
        Environment.SetEnvironmentVariable("EDGEHOST_TEST_SECRET", "secret");
        var output = await Pool(new SynthesisOptions()).RunAsync(new ProgramCommand(Script("env; cat > /dev/null")), Text, 4096, CancellationToken.None);
        var names = Encoding.UTF8.GetString(output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.Empty(names.Except(["PATH", "LC_ALL", "PWD", "OLDPWD", "SHLVL", "_", "ESPEAK_DATA_PATH"], StringComparer.Ordinal));
    }

    [UnixFact]
    public async Task Flood_IsCutOff()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Pool(new SynthesisOptions()).RunAsync(new ProgramCommand(Script("cat /dev/zero")), Text, 1000, CancellationToken.None));
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
    }

    [UnixFact]
    public async Task Complaints_DoNotHoldUp()
    {
        var command = new ProgramCommand(Script("head -c 300000 /dev/zero >&2; cat"));
        Assert.Equal(Text.Length, (await Pool(new SynthesisOptions()).RunAsync(command, Text, 100, CancellationToken.None)).Length);
    }

    [UnixFact]
    public async Task Failure_IsUnavailableAndSaysWhichProgram()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Pool(new SynthesisOptions()).RunAsync(new ProgramCommand(Script("cat > /dev/null; echo no >&2; exit 3")), Text, 100, CancellationToken.None));
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("'program'", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Hang_EndsAtTheTimeLimitWithEverythingThatItStarted()
    {
        var child = _folder.Combine("child");
        var command = new ProgramCommand(Script($"sleep 600 & echo $! > {child}; wait"));
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Pool(new SynthesisOptions { TimeoutSeconds = 1 }).RunAsync(command, Text, 100, CancellationToken.None));
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        await UntilAsync(() => !IsAlive(child));
    }

    [UnixFact]
    public async Task Cancellation_EndsEverythingThatItStarted()
    {
        var child = _folder.Combine("child");
        using var stop = new CancellationTokenSource();
        var run = Pool(new SynthesisOptions()).RunAsync(new ProgramCommand(Script($"sleep 600 & echo $! > {child}; wait")), Text, 100, stop.Token).AsTask();
        await UntilAsync(() => File.Exists(child) && File.ReadAllText(child).Length > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await UntilAsync(() => !IsAlive(child));
    }

    [UnixFact]
    public async Task WaitingProcess_ThatEnded_IsReplaced()
    {
        var pids = _folder.Combine("pids");
        var pool = Pool(new SynthesisOptions { WarmProcesses = 1 });
        var command = new ProgramCommand(Script($"echo $$ >> {pids}; exec cat"));
        await pool.RunAsync(command, Text, 100, CancellationToken.None);
        await UntilAsync(() => pool.WarmCount == 1 && File.ReadAllLines(pids).Length == 2);
        using (var waiting = Process.GetProcessById(int.Parse(File.ReadAllLines(pids)[1]))) waiting.Kill();
        Assert.Equal(Text.Length, (await pool.RunAsync(command, Text, 100, CancellationToken.None)).Length);
    }

    [UnixFact]
    public async Task WaitingProcesses_GoWithThePool()
    {
        var pids = _folder.Combine("pids");
        var pool = Pool(new SynthesisOptions { WarmProcesses = 2 });
        await pool.RunAsync(new ProgramCommand(Script($"echo $$ >> {pids}; exec cat")), Text, 100, CancellationToken.None);
        await UntilAsync(() => pool.WarmCount == 2 && File.ReadAllLines(pids).Length == 3);
        await pool.DisposeAsync();
        Assert.Empty(File.ReadAllLines(pids).Where(pid => Directory.Exists($"/proc/{pid}")));
    }

    [UnixFact]
    public async Task NoMoreRunAtOnceThanAllowed()
    {
        var (marks, pool) = (_folder.Combine("marks"), Pool(new SynthesisOptions { MaxProcesses = 2, WarmProcesses = 0 }));
        Directory.CreateDirectory(marks);
        var command = new ProgramCommand(Script($"cat > /dev/null; touch {marks}/$$; ls {marks} | wc -l; sleep 0.1; rm {marks}/$$"));
        var outputs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pool.RunAsync(command, Text, 100, CancellationToken.None).AsTask()));
        Assert.All(outputs, output => Assert.InRange(int.Parse(Encoding.UTF8.GetString(output.Span)), 1, 2));
    }

    private static bool IsAlive(string file)
    {
        var status = $"/proc/{File.ReadAllText(file).Trim()}/stat";
        try
        {
            // An ended one whose parent was ended before it may stay as a name for a moment.
            return !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(20, limit.Token);
    }

    private ProgramPool Pool(SynthesisOptions options)
    {
        var pool = new ProgramPool(options, this, TimeProvider.System, NullLogger<ProgramPool>.Instance);
        _pools.Add(pool);
        return pool;
    }

    private ProgramFile Script(string body)
    {
        var path = _folder.Combine("program");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return ProgramFile.Find(path)!;
    }
}
