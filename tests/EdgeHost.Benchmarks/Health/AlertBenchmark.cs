using System.Diagnostics;
using System.Threading.Channels;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Health;

/// <summary>
/// Alerts through the real host: how long from a sample to its alert, how many lows are warned of before they come, and how many alerts are false on ordinary records. Parts: <c>latency</c>, <c>live</c>,
/// <c>low</c>, <c>ordinary</c>, <c>records</c>; <c>low</c> and <c>records</c> need the shared data and say so where it is missing.
/// </summary>
internal sealed class AlertBenchmark : IBenchmark
{
    private const string App = "watcher";
    private const double RateHz = 250;

    // The shared records end now, and all of them may raise alerts; each alert is said once.
    private const string Configuration = """{"Apps":{"Rules":{"watcher":{"Grants":["health.*"]}}},"Plugins":{"Settings":{"edgehost.health":{"health:alert_max_age_hours":"8760","health:alert_levels":"1"}}}}""";

    public string Name => "health-alerts";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var home = new TempFolder();
        await File.WriteAllTextAsync(home.Combine("edgehost.json"), Configuration, cancellationToken);
        await using var host = await RunningHost.StartAsync(new RunningHostOptions { Home = home.Path }, cancellationToken);
        await using var client = await host.ConnectAsync(App, cancellationToken);
        var figures = new List<Figure>();
        async Task PartAsync(string name, string? data, Func<Task<IReadOnlyList<Figure>>> measure)
        {
            if (run.Only.Count > 0 && !run.Only.Contains(name)) return;
            if (data is not null && Repository.FindShared(data) is null) Console.WriteLine($"{name}: skipped, the shared data '{data}' is not on this machine.");
            else figures.AddRange(await measure());
        }

        await PartAsync("latency", null, () => LatencyAsync(client, run, cancellationToken));
        await PartAsync("live", null, () => LiveAsync(client, run, cancellationToken));
        await PartAsync("low", SharedGlucose.File, () => PredictedLowBenchmark.RunAsync(client, cancellationToken));
        await PartAsync("ordinary", null, () => OrdinaryAsync(client, run, cancellationToken));
        await PartAsync("records", SharedEcg.Folder, () => RecordsAsync(client, cancellationToken));
        return figures;
    }

    // Glucose that falls below 54 and comes back: each fall is an alert, which one call records and another app's stream hears of.
    private static async Task<IReadOnlyList<Figure>> LatencyAsync(EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        const string person = "latency";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (heard, follower) = Follow(client, person, stop.Token);
        var (alerts, plain) = (new Samples(), new Samples());
        var time = DateTimeOffset.UtcNow.AddHours(-5).ToUnixTimeMilliseconds();
        for (var i = 0; i < run.Times(300, least: 20); i++, time += 10_000)
        {
            var started = Stopwatch.GetTimestamp();
            await RecordAsync(client, person, "glucose", "mg/dL", time, 100, cancellationToken);
            plain.Add(Stopwatch.GetElapsedTime(started));
            started = Stopwatch.GetTimestamp();
            var recorded = RecordAsync(client, person, "glucose", "mg/dL", time + 5_000, 50, cancellationToken);
            var alert = await heard.ReadAsync(cancellationToken);
            alerts.Add(Stopwatch.GetElapsedTime(started));
            await recorded;
            if (alert.Time != time + 5_000) throw new InvalidOperationException("Another alert came.");
        }

        await EndAsync(stop, follower);
        Console.WriteLine($"latency: {alerts.Count} alerts, p50 {alerts.Median:F2} ms, p99 {alerts.Percentile(0.99):F2} ms; recording alone p50 {plain.Median:F2} ms, p99 {plain.Percentile(0.99):F2} ms");
        return
        [
            new Figure("sample to alert, p50", alerts.Median, "ms", Must: Bound.AtMost(1000)),
            new Figure("sample to alert, p99", alerts.Percentile(0.99), "ms", Must: Bound.AtMost(2000)),
            new Figure("sample to alert over recording alone, p50", alerts.Median / plain.Median, Must: Bound.AtMost(5)),
        ];
    }

    // A heart that pauses: from the piece of the signal that shows it to the alert, and how much signal the analysis needs first.
    private static async Task<IReadOnlyList<Figure>> LiveAsync(EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        const double pauseEnds = 30.6 + 4.2;
        var signal = new SyntheticEcg { Beats = SyntheticEcg.Intervals(60, static (i, time) => time is > 30 and < 31 ? 4.2 : 0.75), RateHz = RateHz }.Render(60);
        var (wall, needed) = (new Samples(), new List<double>());
        for (var i = 0; i < run.Times(20, least: 3); i++)
        {
            var person = $"live {i}";
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var (heard, follower) = Follow(client, person, stop.Token);
            await using var call = await client.Health.OpenEcgAsync(new AnalyzeEcgStreamRequest { SampleRateHz = RateHz, AlertPerson = person }, cancellationToken: cancellationToken);
            await using var items = call.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            var alert = heard.ReadAsync(stop.Token).AsTask();
            for (var second = 0; second < 60 && !alert.IsCompleted; second++)
            {
                var started = Stopwatch.GetTimestamp();
                await call.PushAsync(new SignalChunk { Signal = signal[(second * (int)RateHz)..((second + 1) * (int)RateHz)] }, cancellationToken);
                await items.MoveNextAsync();

                // The item comes after the alert is on the disk: it is heard of at about the same time, or this piece has raised none.
                if (items.Current.TimeMs < 1000 * pauseEnds) continue;
                await Task.WhenAny(alert, Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
                if (!alert.IsCompleted) continue;
                wall.Add(Stopwatch.GetElapsedTime(started));
                needed.Add(second + 1 - pauseEnds);
            }

            await call.CompleteAsync(cancellationToken);
            await EndAsync(stop, follower);
        }

        if (wall.Count == 0) throw new InvalidOperationException("No pause was told.");
        Console.WriteLine($"live: {wall.Count} pauses, {needed.Average():F1} s of signal after the pause, then p50 {wall.Median:F1} ms, p99 {wall.Percentile(0.99):F1} ms");
        return
        [
            new Figure("ECG: signal after a pause until its alert", needed.Average(), "s", Must: Bound.AtMost(15)),
            new Figure("ECG: last piece of signal to alert, p50", wall.Median, "ms", Must: Bound.AtMost(1000)),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> OrdinaryAsync(EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var days = run.Times(30, least: 2);
        var samples = await OrdinaryDays.RecordAsync(client, "ordinary", days, run.Number, cancellationToken);
        var readings = await RaisedAsync(client, "ordinary", cancellationToken);

        // A day of ECG with sleep, rest and walks, in stretches of ten minutes.
        var stretches = run.Times(144, least: 6);
        await using var call = await client.Health.OpenEcgAsync(new AnalyzeEcgStreamRequest { SampleRateHz = RateHz, AlertPerson = "ordinary day" }, cancellationToken: cancellationToken);
        var reading = Task.Run(async () => await call.ReadAllAsync(cancellationToken).LastOrDefaultAsync(cancellationToken), cancellationToken);
        for (var i = 0; i < stretches; i++)
        {
            var rate = 72 + (24 * Math.Sin(2 * Math.PI * i / 144));
            var piece = new SyntheticEcg { Beats = SyntheticEcg.WithEctopics(600, rate, every: 97), RateHz = RateHz, Noise = 0.03, Wander = 0.2, Seed = (144 * run.Number) + i }.Render(600);
            for (var at = 0; at < piece.Length; at += 10 * (int)RateHz) await call.PushAsync(new SignalChunk { Signal = piece[at..(at + (10 * (int)RateHz))] }, cancellationToken);
        }

        await call.CompleteAsync(cancellationToken);
        await reading;
        var live = (await call.ResponseAsync(cancellationToken)).Alerts / (stretches / 144.0);
        Console.WriteLine($"ordinary: {readings.Count} alerts on {days} days with {samples} readings; {live:F1} a day of ECG");
        return
        [
            new Figure("false alerts a day, readings of an ordinary person", readings.Count / (double)days, "", Must: Bound.AtMost(0.1), Aim: Bound.AtMost(0)),
            new Figure("false alerts a day, ECG of an ordinary day", live, "", Must: Bound.AtMost(1), Aim: Bound.AtMost(0)),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> RecordsAsync(EdgeHostClient client, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var record in new[] { "100", "106", "219" })
        {
            var ecg = SharedEcg.Read(record);
            await using var call = await client.Health.OpenEcgAsync(new AnalyzeEcgStreamRequest { SampleRateHz = ecg.RateHz, AlertPerson = record }, cancellationToken: cancellationToken);
            var reading = Task.Run(async () => await call.ReadAllAsync(cancellationToken).LastOrDefaultAsync(cancellationToken), cancellationToken);
            foreach (var piece in ecg.Signal.Chunk(3600)) await call.PushAsync(new SignalChunk { Signal = piece }, cancellationToken);
            await call.CompleteAsync(cancellationToken);
            await reading;
            var raised = await RaisedAsync(client, record, cancellationToken);
            Console.WriteLine($"record {record}: {string.Join(", ", raised.Select(static alert => $"{alert.Finding.Rule} {alert.Finding.Readings[0].Value}"))}");
            figures.Add(new Figure($"record {record}, 30 minutes: alerts", raised.Count, "", Must: record == "100" ? Bound.AtMost(0) : null));
            if (record == "219") figures.Add(new Figure("record 219: fibrillation alerts", raised.Count(static alert => alert.Finding.Rule == "alert.ecg_irregular"), "", Must: Bound.AtLeast(1)));
        }

        return figures;
    }

    /// <summary>The alerts of a person that were raised.</summary>
    internal static async Task<List<HealthAlert>> RaisedAsync(EdgeHostClient client, string person, CancellationToken cancellationToken)
    {
        var alerts = new List<HealthAlert>();
        await foreach (var alert in client.Health.AlertsAsync(new AlertsRequest { Person = person, Follow = false }, null, cancellationToken))
        {
            if (alert.Event == AlertEvent.Raised) alerts.Add(alert);
        }

        return alerts;
    }

    private static ValueTask<RecordSamplesResponse> RecordAsync(EdgeHostClient client, string person, string type, string unit, long time, double value, CancellationToken cancellationToken)
        => client.Health.RecordAsync(new RecordSamplesRequest { Person = person, Samples = [new HealthSample { Type = type, Value = value, Unit = unit, Time = time }] }, cancellationToken: cancellationToken);

    private static (ChannelReader<HealthAlert> Heard, Task Follower) Follow(EdgeHostClient client, string person, CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<HealthAlert>();
        return (channel.Reader, Task.Run(
            async () =>
            {
                await foreach (var alert in client.Health.AlertsAsync(new AlertsRequest { Person = person }, null, cancellationToken)) channel.Writer.TryWrite(alert);
            },
            cancellationToken));
    }

    private static async Task EndAsync(CancellationTokenSource stop, Task follower)
    {
        await stop.CancelAsync();
        try
        {
            await follower;
        }
        catch (OperationCanceledException)
        {
            // It was told to.
        }
    }
}
