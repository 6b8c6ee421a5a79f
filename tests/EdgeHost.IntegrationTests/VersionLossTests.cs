using EdgeHost.Capabilities.Models;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A host that is killed while versions are promoted and rolled back.</summary>
public class VersionLossTests
{
    private const string Model = "scores";
    private const int Rounds = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [UnixFact]
    public async Task Host_KilledWhilePromoting_HasTheOldStateOrTheNewOne()
    {
        using var home = new HostHome();
        home.LayOutPlugin("ModelRunner", [Model]);
        new TestModel(Model, VersionGraphs.Good()).WriteTo(Directory.CreateDirectory(home.Combine("graphs")).FullName, Directory.CreateDirectory(home.Combine("catalog")).FullName);
        await home.PullAsync([Model], []);
        home.Configure(VersionTests.Settings);
        var versions = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var file = home.Combine($"{i}.onnx");
            await File.WriteAllBytesAsync(file, VersionGraphs.Good(4 - i));
            var added = await HostProcess.RunAsync(["models", "add", Model, file, "--home", home.Path, "--endpoint", home.Combine("h.sock")], Patience);
            Assert.True(added.ExitCode == 0, added.Error);
            versions.Add($"1.0.0-local.{i + 1}");
        }

        var random = new Random(11);
        string? wanted = null;
        var (certain, events) = ((string?)null, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
            await using var owner = await Hosts.ConnectAsync(host, "edgehost-cli");
            await using var app = new RunnerClient(await Hosts.ConnectAsync(host, "app"));

            // What was answered is there; what was asked for last may be.
            var all = (await owner.Models.ListVersionsAsync(Model)).Versions;
            var current = all.Where(static version => version.Stage == VersionStage.Current).Select(static version => version.Version).ToList();
            Assert.True(current.Count <= 1, string.Join(", ", current));
            Assert.Contains(current.SingleOrDefault(), (string?[])[certain, wanted]);
            Assert.Equal($"{Model}@{current.SingleOrDefault() ?? "1.0.0"}", Assert.Single((await app.ExplainAsync(Model)).Models));
            var history = (await owner.Models.GetHistoryAsync(Model, 1000)).Events;
            Assert.True(history.Count >= events, $"{history.Count} decisions, {events} before");
            foreach (var version in all) Assert.Equal(version.Stage, history.First(entry => entry.Version == version.Version).To);
            events = history.Count;
            certain = current.SingleOrDefault();

            using var killed = new CancellationTokenSource();
            var kill = KillAsync(host, random.Next(5, 250));
            try
            {
                for (var turn = 0; ; turn++)
                {
                    if (turn % 3 == 2)
                    {
                        // Back to what the current one replaced.
                        wanted = versions.Find(version => version != certain);
                        wanted = (await owner.Models.RollBackAsync(new RollBackModelRequest { Model = Model })).To;
                        certain = wanted;
                        continue;
                    }

                    wanted = versions.Find(version => version != certain)!;
                    await owner.Models.PromoteAsync(new PromoteModelRequest { Model = Model, Version = wanted, Force = true });
                    certain = wanted;
                }
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable)
            {
                // The host is gone.
            }

            await kill;
        }
    }

    [UnixFact]
    public async Task Add_Killed_LeavesAWholeVersionOrNone()
    {
        using var home = new HostHome();
        new TestModel(Model, VersionGraphs.Good()).WriteTo(Directory.CreateDirectory(home.Combine("graphs")).FullName, Directory.CreateDirectory(home.Combine("catalog")).FullName);
        await home.PullAsync([Model], []);
        var folder = Directory.CreateDirectory(home.Combine("version")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "model.onnx"), VersionGraphs.Good(4));
        await File.WriteAllBytesAsync(Path.Combine(folder, "weights.bin"), new byte[16 << 20]);
        string[] common = ["--home", home.Path, "--endpoint", home.Combine("h.sock")];
        var random = new Random(5);
        for (var round = 0; round < Rounds; round++)
        {
            using var adding = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo(HostProcess.Executable, ["models", "add", Model, folder, .. common]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await Task.Delay(random.Next(100, 1500));
            adding.Kill();
            await adding.WaitForExitAsync();

            var listed = await HostProcess.RunAsync(["models", "versions", Model, "--json", .. common], Patience);
            Assert.True(listed.ExitCode == 0, listed.Error);
            using var json = System.Text.Json.JsonDocument.Parse(listed.Output);
            var files = home.Combine("deployment", "files");
            var whole = Directory.Exists(files) ? Directory.EnumerateDirectories(files).Count(static path => Path.GetExtension(path).Length == 0) : 0;
            Assert.True(json.RootElement.GetProperty("versions").EnumerateArray().Count(static version => version.GetProperty("has_files").GetBoolean()) <= whole);
        }

        // And the next is added, found whole, and serves.
        var added = await HostProcess.RunAsync(["models", "add", Model, folder, .. common], Patience);
        var promoted = await HostProcess.RunAsync(["models", "promote", Model, "--force", .. common], Patience);
        Assert.True(added.ExitCode == 0, added.Error);
        Assert.True(promoted.ExitCode == 0, promoted.Error);
    }

    private static async Task KillAsync(HostProcess host, int milliseconds)
    {
        await Task.Delay(milliseconds);
        host.Kill();
        await host.WaitForExitAsync(Patience);
    }
}
