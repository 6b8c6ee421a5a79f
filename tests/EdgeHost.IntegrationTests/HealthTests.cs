using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The Health plugin behind the real socket, for an app with grants and for one without.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Rules = """{"Apps":{"Rules":{"diary":{"Grants":["health.*"]},"chart":{"Grants":["*","health.classify_blood_pressure"]},"sensor":{"Grants":["health.record","health.write.*"]},"pulse":{"Grants":["health.summary","health.record","health.read.heart_rate"]},"star":{"Grants":["*"]},"edgehost-cli":{"Grants":["health.*"]}}}}""";

    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task GrantedApp_AnalysesSignalsAndReadings()
    {
        await using var host = await StartAsync();
        await using var client = await Hosts.ConnectAsync(host, "diary");

        var flat = await client.Health.AnalyzeEcgAsync(new AnalyzeEcgRequest { Signal = new float[3600], SampleRateHz = 360 });
        var pulse = await client.Health.AnalyzePpgAsync(new AnalyzePpgRequest { Signal = Wave(60, 1.2), SampleRateHz = 50 });
        var pressure = await client.Health.ClassifyBloodPressureAsync(new ClassifyBloodPressureRequest
        {
            Readings = [new BloodPressureReading { Systolic = 185, Diastolic = 121 }],
            Language = "zh",
        });

        Assert.Null(flat.HeartRateBpm);
        Assert.Equal(SignalQualityLevel.None, flat.Quality.Level);
        Assert.InRange(pulse.HeartRateBpm!.Value, 71, 73);
        Assert.Equal((FindingSeverity.Urgent, BloodPressureCategory.Grade3), (pressure.Findings[0].Severity, pressure.Category));
        Assert.Contains("急救", pressure.Findings[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveSensor_IsFollowed()
    {
        await using var host = await StartAsync();
        await using var client = await Hosts.ConnectAsync(host, "diary");
        await using var call = await client.Health.OpenPpgAsync(new AnalyzePpgStreamRequest { SampleRateHz = 50 });
        var items = new List<PpgStreamItem>();

        var reading = Task.Run(async () =>
        {
            await foreach (var item in call.ReadAllAsync()) items.Add(item);
        });
        foreach (var piece in Wave(60, 1.2).Chunk(50)) await call.PushAsync(new SignalChunk { Signal = piece });
        await call.CompleteAsync();
        await reading;
        var end = await call.ResponseAsync();

        Assert.Equal(3000, end.Samples);
        Assert.InRange(items[^2].HeartRateBpm!.Value, 71, 73);
    }

    [Fact]
    public async Task AppWithoutAGrantOfItsOwn_IsRefusedByMethod()
    {
        await using var host = await StartAsync();
        await using var star = await Hosts.ConnectAsync(host, "star");
        await using var chart = await Hosts.ConnectAsync(host, "chart");
        var request = new AnalyzeEcgRequest { Signal = new float[3600], SampleRateHz = 360 };

        var refused = await Assert.ThrowsAsync<EdgeHostException>(async () => await star.Health.AnalyzeEcgAsync(request));
        var partly = await Assert.ThrowsAsync<EdgeHostException>(async () => await chart.Health.AnalyzeEcgAsync(request));
        var allowed = await chart.Health.ClassifyBloodPressureAsync(new ClassifyBloodPressureRequest { Readings = [new BloodPressureReading { Systolic = 118, Diastolic = 75 }] });

        Assert.Equal((ErrorCode.PermissionDenied, ErrorCode.PermissionDenied), (refused.Code, partly.Code));
        Assert.Contains("edgehost apps grant star health.analyze_ecg", refused.Message, StringComparison.Ordinal);
        Assert.Equal(BloodPressureCategory.Optimal, allowed.Category);
    }

    [Fact]
    public async Task Recorded_SurvivesAKillAndIsReadOnlyWithTheGrantToRead()
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeMilliseconds();
        await using (var host = await StartAsync())
        {
            await using var sensor = await Hosts.ConnectAsync(host, "sensor");
            var answer = await sensor.Health.RecordAsync(new RecordSamplesRequest
            {
                Samples = [.. Enumerable.Range(0, 500).Select(i => new HealthSample { Type = "heart_rate", Value = 60 + (i % 20), Unit = "/min", Time = time + i, Source = "band" })],
            });
            Assert.Equal(500, answer.Accepted);
            var refused = await Assert.ThrowsAsync<EdgeHostException>(async () => await sensor.Health.SummarizeAsync(new SummarizeHealthRequest()));
            Assert.Equal(ErrorCode.PermissionDenied, refused.Code);
            host.Kill();
            await host.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }

        await using var restarted = await StartAsync();
        await using var diary = await Hosts.ConnectAsync(restarted, "diary");
        await diary.Health.SetAlertSettingsAsync(new SetAlertSettingsRequest { Rules = [new HealthAlertRuleChange { Rule = "alert.heart_rate_low", Limit = 45 }] });
        await diary.Health.RecordAsync(new RecordSamplesRequest { Samples = [new HealthSample { Type = "systolic", Value = 190, Unit = "mm[Hg]", Time = time, Source = "cuff" }] });
        var summary = await diary.Health.SummarizeAsync(new SummarizeHealthRequest());
        var pages = new List<HealthExportPage>();
        await foreach (var page in diary.Health.ExportAsync(new ExportHealthRequest())) pages.Add(page);

        Assert.Equal(500, summary.Types.Single(static type => type.Type == "heart_rate").Count);
        Assert.Equal(501, pages.Sum(static page => page.Samples.Count));
        Assert.Equal("alert.systolic_severe", Assert.Single(pages.SelectMany(static page => page.Alerts)).Finding.Rule);
        Assert.Equal(45, Assert.Single(pages.Select(static page => page.AlertSettings).OfType<HealthAlertSettings>()).Rules.Single(static rule => rule.Rule == "alert.heart_rate_low").Limit);
        Assert.Equal(["sensor", "diary", "diary", "diary", "diary"], pages.SelectMany(static page => page.Accesses).Select(static access => access.App));
        Assert.Equal(501, (await diary.Health.EraseAsync(new EraseHealthRequest { Person = "self" })).Samples);
        Assert.Empty((await diary.Health.SummarizeAsync(new SummarizeHealthRequest())).Types);
    }

    [Fact]
    public async Task Types_AreReadAndWrittenByTheirGrants_AndReadingIsInTheAuditLog()
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeMilliseconds();
        await using var host = await StartAsync();
        await using var diary = await Hosts.ConnectAsync(host, "diary");
        await using var pulse = await Hosts.ConnectAsync(host, "pulse");
        var heartRate = new HealthSample { Type = "heart_rate", Value = 60, Unit = "/min", Time = time };
        await diary.Health.RecordAsync(new RecordSamplesRequest { Samples = [heartRate, new HealthSample { Type = "weight", Value = 70, Unit = "kg", Time = time }] });

        var summary = await pulse.Health.SummarizeAsync(new SummarizeHealthRequest());
        var refused = await Assert.ThrowsAsync<EdgeHostException>(async () => await pulse.Health.RecordAsync(new RecordSamplesRequest { Samples = [heartRate] }));

        Assert.Equal("heart_rate", Assert.Single(summary.Types).Type);
        Assert.Contains("weight", summary.Withheld);
        Assert.Equal(ErrorCode.PermissionDenied, refused.Code);
        Assert.Contains("edgehost apps grant pulse health.write.heart_rate", refused.Message, StringComparison.Ordinal);
        await host.StopAsync(TimeSpan.FromSeconds(30));
        var line = Assert.Single(await File.ReadAllLinesAsync(_home.Combine("audit", "audit.jsonl")), static line => line.Contains("data_accessed", StringComparison.Ordinal));
        Assert.Contains("\"app\":\"pulse\"", line, StringComparison.Ordinal);
        Assert.Contains("\"method\":\"health.summary\",\"reason\":\"read 1 of heart_rate\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alert_ReachesItsFollowerAndIsThereAfterAKillOnce()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        HealthAlert alert;
        await using (var host = await StartAsync())
        {
            await using var diary = await Hosts.ConnectAsync(host, "diary");
            await using var sensor = await Hosts.ConnectAsync(host, "sensor");
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await using var alerts = diary.Health.AlertsAsync(new AlertsRequest(), null, deadline.Token).GetAsyncEnumerator(deadline.Token);
            var next = alerts.MoveNextAsync();
            await sensor.Health.RecordAsync(new RecordSamplesRequest { Samples = [new HealthSample { Type = "glucose", Value = 2.8, Unit = "mmol/L", Time = time, Source = "cgm" }] });
            Assert.True(await next);
            alert = alerts.Current;
            host.Kill();
            await host.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }

        await using var restarted = await StartAsync();
        await using var client = await Hosts.ConnectAsync(restarted, "diary");
        await client.Health.RecordAsync(new RecordSamplesRequest { Samples = [new HealthSample { Type = "glucose", Value = 2.7, Unit = "mmol/L", Time = time + 1, Source = "cgm" }] });
        var again = new List<HealthAlert>();
        await foreach (var one in client.Health.AlertsAsync(new AlertsRequest { Follow = false })) again.Add(one);

        Assert.Equal(("alert.glucose_very_low", "cgm", FindingSeverity.Urgent), (alert.Finding.Rule, alert.Finding.Readings[0].Source, alert.Finding.Severity));
        Assert.Equal(alert.Id, Assert.Single(again).Id);
    }

    [Fact]
    public async Task File_IsImportedThroughTheSocket()
    {
        await using var host = await StartAsync();
        await using var diary = await Hosts.ConnectAsync(host, "diary");
        var csv = "type,value,unit,time\nweight,70.5,kg,2024-03-01T08:00:00Z\nweight,70.1,kg,2024-03-02T08:00:00Z\n"u8.ToArray();

        var first = await diary.Health.ImportAsync(new ImportHealthRequest { Format = ImportFormat.Csv, Data = csv });
        var second = await diary.Health.ImportAsync(new ImportHealthRequest { Format = ImportFormat.Csv, Data = csv });

        Assert.Equal((2, 0, 0, 2), (first.Accepted, first.Duplicates, second.Accepted, second.Duplicates));
    }

    [Fact]
    public async Task PersonalLimitAndItsAlert_AreThereAfterAKillAndCanBeAcknowledged()
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(-40).ToUnixTimeMilliseconds();
        List<HealthSample> Readings(int first, int count) => [.. Enumerable.Range(first, count).Select(i => new HealthSample { Type = "glucose", Value = 85, Unit = "mg/dL", Time = time + (i * 300_000), Source = "cgm" })];
        await using (var host = await StartAsync())
        {
            await using var diary = await Hosts.ConnectAsync(host, "diary");
            await diary.Health.SetAlertSettingsAsync(new SetAlertSettingsRequest { Rules = [new HealthAlertRuleChange { Rule = "alert.glucose_low", Limit = 90 }] });
            await diary.Health.RecordAsync(new RecordSamplesRequest { Samples = Readings(0, 4) });
            host.Kill();
            await host.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }

        await using var restarted = await StartAsync();
        await using var client = await Hosts.ConnectAsync(restarted, "diary");
        await client.Health.RecordAsync(new RecordSamplesRequest { Samples = Readings(0, 8) });
        var alerts = new List<HealthAlert>();
        await foreach (var one in client.Health.AlertsAsync(new AlertsRequest { Follow = false })) alerts.Add(one);
        var settings = await client.Health.AlertSettingsAsync(new AlertSettingsRequest());

        var alert = Assert.Single(alerts);
        Assert.Equal((90.0, time + 900_000), (alert.Limit, alert.Time));
        Assert.True((await client.Health.AcknowledgeAlertAsync(new AcknowledgeAlertRequest { Id = alert.Id })).IsNew);
        Assert.Equal(90, settings.Rules.Single(static rule => rule.Rule == "alert.glucose_low").Limit);
        Assert.NotEmpty((await client.Health.SnoozeAlertsAsync(new SnoozeAlertsRequest { Minutes = 5 })).Rules);
    }

    [Fact]
    public async Task RecordedWave_SurvivesAKillAndIsAnalysedWithTheGrantToRead()
    {
        var wave = Wave(60, 1.2);
        List<short> raw = [.. wave.Select(static value => (short)Math.Round(value * 1000))];
        var header = Encoding.UTF8.GetBytes($"r 1 50 3000\nr.dat 16 1000/NU 16 0 0 {unchecked((short)raw.Sum(static value => value))} 0 PLETH\n");
        await using (var host = await StartAsync())
        {
            await using var diary = await Hosts.ConnectAsync(host, "diary");
            var answer = await diary.Health.ImportAsync(new ImportHealthRequest
            {
                Format = ImportFormat.Wfdb, Header = header, Data = raw.SelectMany(BitConverter.GetBytes).ToArray(), Time = 1_700_000_000_000, Source = "ring",
            });
            Assert.Equal(1, answer.Accepted);
            host.Kill();
            await host.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }

        await using var restarted = await StartAsync();
        await using var client = await Hosts.ConnectAsync(restarted, "diary");
        await using var chart = await Hosts.ConnectAsync(restarted, "chart");
        var kept = Assert.Single((await client.Health.WavesAsync(new WavesRequest())).Waves);
        var analysed = await client.Health.AnalyzeWaveAsync(new AnalyzeWaveRequest { Wave = kept.Id });
        var samples = new List<float>();
        await foreach (var part in client.Health.ReadWaveAsync(new ReadWaveRequest { Wave = kept.Id, FromMs = 1000 })) samples.AddRange(part.Signal.Samples.Span);
        var refused = await Assert.ThrowsAsync<EdgeHostException>(async () => await chart.Health.AnalyzeWaveAsync(new AnalyzeWaveRequest { Wave = kept.Id }));

        Assert.Equal((WaveKind.Ppg, "PLETH", "ring", 3000), (kept.Kind, kept.Name, kept.Source, kept.Samples));
        Assert.InRange(analysed.Ppg!.HeartRateBpm!.Value, 71, 73);
        Assert.Equal(raw[50..].Select(static value => (float)(value / 1000.0)), samples);
        Assert.Equal(ErrorCode.PermissionDenied, refused.Code);
    }

    [Fact]
    public async Task BluetoothSensor_IsRecordedWithTheGrantOfItsOwn()
    {
        await using var host = await StartAsync();
        await using var sensor = await Hosts.ConnectAsync(host, "sensor");
        await using var diary = await Hosts.ConnectAsync(host, "diary");
        var request = new RecordBleRequest
        {
            Device = "strap", Notifications = [new SensorNotification { Characteristic = "2A37", Value = new byte[] { 0, 64 }, Time = DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeMilliseconds() }],
        };

        var refused = await Assert.ThrowsAsync<EdgeHostException>(async () => await sensor.Health.RecordBleAsync(request));
        var answer = await diary.Health.RecordBleAsync(request);

        Assert.Equal(ErrorCode.PermissionDenied, refused.Code);
        Assert.Equal(1, answer.Accepted);
        Assert.Equal(64, Assert.Single((await diary.Health.SummarizeAsync(new SummarizeHealthRequest())).Types).Mean);
    }

    [Fact]
    public async Task Replay_OfAFile_IsFollowedAsALiveSensor()
    {
        await using var host = await StartAsync();
        await using var ready = await Hosts.ConnectAsync(host, "diary");
        var file = _home.Combine("pulse.csv");
        await File.WriteAllLinesAsync(file, Wave(30, 1.2).Select(static (value, i) => FormattableString.Invariant($"{i * 20},{value}")).Prepend("time,light"));

        var text = await HostProcess.RunAsync(["health", "replay", file, "--speed", "1000", "--endpoint", _home.Combine("h.sock")], TimeSpan.FromMinutes(2));
        var json = await HostProcess.RunAsync(["health", "replay", file, "--speed", "1000", "--json", "--endpoint", _home.Combine("h.sock")], TimeSpan.FromMinutes(2));

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("light of pulse.csv", text.Error, StringComparison.Ordinal);
        Assert.Contains("72/min", text.Output, StringComparison.Ordinal);
        Assert.Contains("\"heart_rate_bpm\":7", json.Output, StringComparison.Ordinal);
    }

    private static float[] Wave(double seconds, double hertz)
        => [.. Enumerable.Range(0, (int)(seconds * 50)).Select(i => (float)(Math.Sin(2 * Math.PI * hertz * i / 50) + (0.35 * Math.Sin((4 * Math.PI * hertz * i / 50) + 0.8))))];

    private async Task<HostProcess> StartAsync()
    {
        await File.WriteAllTextAsync(_home.Combine("edgehost.json"), Rules);
        return HostProcess.Start(_home.Combine("h.sock"), _home.Path);
    }
}
