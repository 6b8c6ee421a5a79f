using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Tests.Recordings;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Access;

/// <summary>Waves, live signals, sensors, charts and alerts are granted by type as readings are, and what is read of them is on record.</summary>
public class WaveGrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task RecordOfWaves_NeedsTheRightToWriteEachKind()
    {
        await using var host = await StartAsync();
        var request = new TestRecord().Request();

        var refused = await RefusedAsync(host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request, Call("health.write.ecg")));
        var listed = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest());
        var kept = await host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request, Call("health.write.ecg", "health.write.ppg"));

        Assert.Contains("edgehost apps grant watch health.write.ppg", refused.Message, StringComparison.Ordinal);
        Assert.Empty(listed.Waves);
        Assert.Equal(2, kept.Accepted);
    }

    [Fact]
    public async Task Waves_AreReadByKind_AndEachReadingIsInTheAuditLog()
    {
        await using var host = await StartAsync();
        var waves = (await host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new TestRecord().Request())).Waves;
        var audit = new List<string>();
        var app = new PluginTestCall { App = new AppIdentity("watch", 1000, 1), Allows = static name => name is "health.read.ecg", RecordAccess = audit.Add };

        var listed = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest(), app);
        var otherKind = await RefusedAsync(host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest { Kind = WaveKind.Ppg }, app));
        var read = await host.CallAsync(HealthMethods.ReadWave, WireMessageSerializer.ToArray(new ReadWaveRequest { Wave = waves[0].Id }), app);
        var unread = await RefusedAsync(host.CallAsync(HealthMethods.ReadWave, WireMessageSerializer.ToArray(new ReadWaveRequest { Wave = waves[1].Id }), app));
        await host.CallAsync<AnalyzeWaveRequest, AnalyzeWaveResponse>(HealthMethods.AnalyzeWave, new AnalyzeWaveRequest { Wave = waves[0].Id, UntilMs = 20_000 }, app);
        var unanalysed = await RefusedAsync(host.CallAsync<AnalyzeWaveRequest, AnalyzeWaveResponse>(HealthMethods.AnalyzeWave, new AnalyzeWaveRequest { Wave = waves[1].Id }, app));
        var export = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest()), app);
        var none = await RefusedAsync(host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest(), Call("health.read.weight")));

        Assert.Equal(WaveKind.Ecg, Assert.Single(listed.Waves).Kind);
        Assert.All([otherKind, unread, unanalysed], static error => Assert.EndsWith("edgehost apps grant watch health.read.ppg", error.Message, StringComparison.Ordinal));
        Assert.Equal(ErrorCode.PermissionDenied, none.Code);
        Assert.Equal(7_500, read.Read<ReadWaveResponse>().Samples);
        Assert.Equal(WaveKind.Ecg, Assert.Single(export.ReadItems<HealthExportPage>().SelectMany(static page => page.Waves)).Kind);
        Assert.Equal(1, export.Read<ExportHealthResponse>().Waves);
        Assert.Contains("ppg", export.Read<ExportHealthResponse>().Withheld);
        Assert.DoesNotContain("ecg", export.Read<ExportHealthResponse>().Withheld);
        Assert.Equal(["read 0 of ecg", "read 7500 of ecg", "read 5000 of ecg", "read 7500 of ecg"], audit);
    }

    [Fact]
    public async Task Chart_NeedsTheRightToReadAllThatItShows_AndIsInTheAuditLog()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, ("systolic", 121, "mmHg"), ("diastolic", 79, "mmHg"), ("weight", 71, "kg"));
        var audit = new List<string>();
        var both = new PluginTestCall { App = new AppIdentity("watch", 1000, 1), Allows = static name => name is "health.read.systolic" or "health.read.diastolic", RecordAccess = audit.Add };
        var chart = new ChartHealthRequest { Kind = HealthChartKind.BloodPressure };

        var half = await RefusedAsync(host.CallAsync<ChartHealthRequest, ChartHealthResponse>(HealthMethods.Chart, chart, Call("health.read.systolic")));
        var drawn = await host.CallAsync<ChartHealthRequest, ChartHealthResponse>(HealthMethods.Chart, chart, both);

        Assert.EndsWith("edgehost apps grant watch health.read.diastolic", half.Message, StringComparison.Ordinal);
        Assert.Equal(1, drawn.Readings);
        Assert.Equal(["read 2 of systolic,diastolic"], audit);
    }

    [Fact]
    public async Task SensorAndLiveSignal_NeedTheRightToWrite()
    {
        await using var host = await StartAsync();
        var strap = new RecordBleRequest { Device = "strap", Notifications = [new SensorNotification { Characteristic = "2A37", Value = Convert.FromHexString("163C00040003"), Time = Now.ToUnixTimeMilliseconds() }] };
        Task<PluginTestAnswer> Live(params string[] grants) => host.CallAsync(
            HealthMethods.AnalyzeEcgStream,
            WireMessageSerializer.ToArray(new AnalyzeEcgStreamRequest { SampleRateHz = 250, AlertPerson = "self" }),
            new PluginTestCall { App = new AppIdentity("watch", 1000, 1), Allows = grants.Contains, Pushes = HealthHost.Pushes([new SignalChunk { Signal = new float[250] }]) });

        var rate = await RefusedAsync(host.CallAsync<RecordBleRequest, RecordBleResponse>(HealthMethods.RecordBle, strap, Call("health.write.heart_rate")));
        var kept = await host.CallAsync<RecordBleRequest, RecordBleResponse>(HealthMethods.RecordBle, strap, Call("health.write.heart_rate", "health.write.rr_interval"));
        var live = await RefusedAsync(Live("health.write.ppg"));
        var followed = await Live("health.write.ecg");

        Assert.EndsWith("edgehost apps grant watch health.write.rr_interval", rate.Message, StringComparison.Ordinal);
        Assert.Equal(3, kept.Accepted);
        Assert.EndsWith("edgehost apps grant watch health.write.ecg", live.Message, StringComparison.Ordinal);
        Assert.Equal(250, followed.Read<AnalyzeSignalStreamResponse>().Samples);
    }

    [Fact]
    public async Task Alerts_AreOfTheTypeOfTheirRule_AndSeenByThoseWhoMayReadIt()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, ("glucose", 50, "mg/dL"), ("systolic", 190, "mmHg"));
        var audit = new List<string>();
        var app = new PluginTestCall { App = new AppIdentity("watch", 1000, 1), Allows = static name => name is "health.read.glucose", RecordAccess = audit.Add };

        var given = await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Follow = false }), app);
        var all = (await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Follow = false }))).ReadItems<HealthAlert>();
        var hidden = all.Single(static alert => alert.Finding.Rule == "alert.systolic_severe");
        var refused = await RefusedAsync(host.CallAsync<AcknowledgeAlertRequest, AcknowledgeAlertResponse>(HealthMethods.AcknowledgeAlert, new AcknowledgeAlertRequest { Id = hidden.Id }, app));
        var seen = Assert.Single(given.ReadItems<HealthAlert>());
        var acknowledged = await host.CallAsync<AcknowledgeAlertRequest, AcknowledgeAlertResponse>(HealthMethods.AcknowledgeAlert, new AcknowledgeAlertRequest { Id = seen.Id }, app);

        Assert.Equal(("alert.glucose_very_low", all.Max(static alert => alert.Id)), (seen.Finding.Rule, given.Read<AlertsResponse>().Last));
        Assert.EndsWith("edgehost apps grant watch health.read.systolic", refused.Message, StringComparison.Ordinal);
        Assert.True(acknowledged.IsNew);
        Assert.Equal(["read 1 of glucose"], audit);
    }

    private static PluginTestCall Call(params string[] grants) => new() { App = new AppIdentity("watch", 1000, 1), Allows = grants.Contains };

    private static Task<PluginTestHost> StartAsync() => HealthHost.StartAsync(new FakeTimeProvider(Now));

    private static Task<RecordSamplesResponse> RecordAsync(PluginTestHost host, params (string Type, double Value, string Unit)[] samples)
        => host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest
        {
            Samples = [.. samples.Select(static one => new HealthSample { Type = one.Type, Value = one.Value, Unit = one.Unit, Time = Now.AddMinutes(-10).ToUnixTimeMilliseconds() })],
        });

    private static async Task<EdgeHostException> RefusedAsync(Task call)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => call);
        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        return error;
    }
}
