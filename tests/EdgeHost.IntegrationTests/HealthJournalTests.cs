using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample HealthJournal as a program beside a running host, with the files of its README.</summary>
public sealed class HealthJournalTests : IDisposable
{
    private const string Rules = """{"Apps":{"Rules":{"health-journal":{"Grants":["health.*"]}}}}""";

    private readonly TempFolder _home = new();

    private static string Data => Path.Combine(Repository.Root, "samples", "HealthJournal", "data");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Import_ThenToday_ShowsCurvesFindingsAndCharts()
    {
        await using var host = await StartAsync();
        var charts = _home.Combine("charts");

        var (_, first) = await RunAsync(host, "import", Path.Combine(Data, "journal.csv"));
        var (_, again) = await RunAsync(host, "import", Path.Combine(Data, "journal.csv"));
        var (exitCode, day) = await RunAsync(host, "today", "2026-03-14", "--charts", charts);
        var (_, chinese) = await RunAsync(host, "today", "2026-03-14", "--charts", charts, "--language", "zh");

        Assert.Contains("1080 readings kept, 0 were there already", first, StringComparison.Ordinal);
        Assert.Contains("0 readings kept, 1080 were there already", again, StringComparison.Ordinal);
        Assert.True(exitCode == 0, day);
        Assert.Matches("[▁▂▃▄▅▆▇█]{20,}  Glucose, ", day);
        Assert.Contains("usual for you is", day, StringComparison.Ordinal);
        Assert.Contains("血糖，", chinese, StringComparison.Ordinal);
        Assert.Equal(8, Directory.GetFiles(charts, "*.png").Length);
        Assert.All(Directory.GetFiles(charts, "*.png"), static path => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(path)[..4]));
    }

    [Fact]
    public async Task Live_TellsTheHeartAndEachAlertOnce()
    {
        await using var host = await StartAsync();

        var (exitCode, output) = await RunAsync(host, "live", Path.Combine(Data, "night.csv"), Path.Combine(Data, "ecg.csv"), "--speed", "20000");

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"ECG +\d+ s  7[2-6] a minute", output);
        Assert.Contains("ventricular", output, StringComparison.Ordinal);
        var alerts = output.Split('\n').Where(static line => line.StartsWith("ALERT", StringComparison.Ordinal)).ToList();
        Assert.Single(alerts, static line => line.Contains("below 54", StringComparison.Ordinal));
        Assert.Single(alerts, static line => line.Contains("below 70", StringComparison.Ordinal));
        Assert.Single(alerts, static line => line.Contains("Systolic blood pressure is 184", StringComparison.Ordinal));
        Assert.Equal(alerts.Count, alerts.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("The replay has ended.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAGrantOrWithAWrongFile_SaysWhatToDo()
    {
        await using var host = await StartAsync("{}");
        var (refused, denied) = await RunAsync(host, "today");
        var (wrong, unknown) = await RunAsync(host, "import", "notes.txt");
        var (usage, help) = await RunAsync(host, "today", "yesterday");

        Assert.Equal((1, 1, 2), (refused, wrong, usage));
        Assert.Contains("edgehost apps grant health-journal health.chart", denied, StringComparison.Ordinal);
        Assert.Contains("'notes.txt' is no file of readings", unknown, StringComparison.Ordinal);
        Assert.Contains("Usage: HealthJournal", help, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(HostProcess host, params string[] arguments) => Samples.RunAsync("HealthJournal", host.Endpoint, [.. arguments, "--person", "sample"]);

    private async Task<HostProcess> StartAsync(string rules = Rules)
    {
        await File.WriteAllTextAsync(_home.Combine("edgehost.json"), rules);
        var host = HostProcess.Start(_home.Combine("h.sock"), _home.Path);
        await using (await Hosts.ConnectAsync(host, "health-journal"))
        {
        }

        return host;
    }
}
