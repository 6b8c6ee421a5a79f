using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Access;

/// <summary>What an app reads and writes is what the device's owner allows of each type; what is read is on record.</summary>
public class GrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Writing_NeedsTheGrantOfEachType_AndKeepsNothingWithoutIt()
    {
        await using var host = await StartAsync();
        var sensor = Call("health.write.glucose");

        var mixed = await RefusedAsync(RecordAsync(host, sensor, Sample("glucose", 100), Sample("weight", 70)));
        var allowed = await RecordAsync(host, sensor, Sample("glucose", 100));
        var file = await RefusedAsync(host.CallAsync<ImportHealthRequest, ImportHealthResponse>(
            HealthMethods.Import, new ImportHealthRequest { Format = ImportFormat.Csv, Data = "type,value,unit,time\nweight,70.5,kg,2024-03-01T08:00:00Z\n"u8.ToArray() }, sensor));

        Assert.Equal((ErrorCode.PermissionDenied, "The app 'watch' may not write weight. The device's owner can allow it: edgehost apps grant watch health.write.weight"), (mixed.Code, mixed.Message));
        Assert.Equal(ErrorCode.PermissionDenied, file.Code);
        Assert.Equal(1, allowed.Accepted);
        Assert.Single((await ExportAsync(host, new PluginTestCall())).Samples);
    }

    [Fact]
    public async Task Reading_GivesTheGrantedTypesAlone_AndNamesTheOthers()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, new PluginTestCall(), Sample("glucose", 50), Sample("weight", 70), Sample("systolic", 190));
        var app = Call("health.read.weight");

        var summary = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest(), app);
        var (samples, _, end) = await ExportAsync(host, app);
        var alerts = await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Follow = false }), app);
        var systolic = await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Follow = false }), Call("health.read.systolic"));

        Assert.Equal("weight", Assert.Single(summary.Types).Type);
        Assert.Null(summary.Glucose);
        Assert.Empty(summary.Findings);
        Assert.Contains("glucose", summary.Withheld);
        Assert.DoesNotContain("weight", summary.Withheld);
        Assert.Equal("weight", Assert.Single(samples).Type);
        Assert.Equal([.. summary.Withheld, "ecg", "ppg"], end.Withheld);
        Assert.Equal(["weight"], end.Grants.Where(static grant => grant.CanRead).Select(static grant => grant.Type));
        Assert.DoesNotContain(end.Grants, static grant => grant.CanWrite);
        Assert.Empty(alerts.ReadItems<HealthAlert>());
        Assert.Equal("alert.systolic_severe", Assert.Single(systolic.ReadItems<HealthAlert>()).Finding.Rule);
    }

    [Fact]
    public async Task Reading_WithoutAnyGrant_IsRefusedWithTheCommandThatGivesIt()
    {
        await using var host = await StartAsync();
        var app = Call("health.write.glucose");

        var summary = await RefusedAsync(host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest(), app));
        var forecast = await RefusedAsync(host.CallAsync<ForecastGlucoseRequest, ForecastGlucoseResponse>(HealthMethods.ForecastGlucose, new ForecastGlucoseRequest(), app));
        var export = await RefusedAsync(ExportAsync(host, app));

        Assert.All([summary, forecast, export], static error => Assert.Equal(ErrorCode.PermissionDenied, error.Code));
        Assert.Contains("edgehost apps grant watch health.read.*", summary.Message, StringComparison.Ordinal);
        Assert.Contains("edgehost apps grant watch health.read.glucose", forecast.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryReading_IsOnRecordInBothLogs_WithoutItsContent()
    {
        await using var host = await StartAsync();
        var audit = new List<string>();
        var app = new PluginTestCall { App = new AppIdentity("chart", 1000, 1), Allows = static name => name is "health.read.weight", RecordAccess = audit.Add };
        await RecordAsync(host, new PluginTestCall { RecordAccess = audit.Add }, Sample("weight", 71.25), Sample("glucose", 100));

        await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest(), app);
        await ExportAsync(host, app);
        var (_, accesses, _) = await ExportAsync(host, new PluginTestCall());

        Assert.Equal(["read 1 of weight", "read 1 of weight"], audit);
        Assert.Equal([HealthMethods.Record, HealthMethods.Summary, HealthMethods.Export, HealthMethods.Export], accesses.Select(static access => access.Method));
        Assert.Equal(["weight", "glucose"], accesses[0].Types);
        Assert.Equal(("chart", 1L), (accesses[1].App, accesses[1].Samples));
        Assert.Equal(["weight"], accesses[1].Types);
    }

    private static PluginTestCall Call(params string[] grants) => new() { App = new AppIdentity("watch", 1000, 1), Allows = name => grants.Contains(name) };

    private static Task<PluginTestHost> StartAsync() => HealthHost.StartAsync(new FakeTimeProvider(Now));

    private static HealthSample Sample(string type, double value) => new()
    {
        Type = type,
        Value = value,
        Unit = type switch { "weight" => "kg", "glucose" => "mg/dL", _ => "mmHg" },
        Time = Now.AddMinutes(-10).ToUnixTimeMilliseconds(),
    };

    private static Task<RecordSamplesResponse> RecordAsync(PluginTestHost host, PluginTestCall call, params HealthSample[] samples)
        => host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest { Samples = samples }, call);

    private static async Task<(List<ExportedSample> Samples, List<HealthAccess> Accesses, ExportHealthResponse End)> ExportAsync(PluginTestHost host, PluginTestCall call)
    {
        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest()), call);
        var pages = answer.ReadItems<HealthExportPage>();
        return ([.. pages.SelectMany(static page => page.Samples)], [.. pages.SelectMany(static page => page.Accesses)], answer.Read<ExportHealthResponse>());
    }

    private static Task<EdgeHostException> RefusedAsync(Task call) => Assert.ThrowsAsync<EdgeHostException>(() => call);
}
