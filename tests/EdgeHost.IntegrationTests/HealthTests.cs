using EdgeHost.Capabilities.Health;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The Health plugin behind the real socket, for an app with grants and for one without.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Rules = """{"Apps":{"Rules":{"diary":{"Grants":["health.*"]},"chart":{"Grants":["*","health.classify_blood_pressure"]},"star":{"Grants":["*"]}}}}""";

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

    private static float[] Wave(double seconds, double hertz)
        => [.. Enumerable.Range(0, (int)(seconds * 50)).Select(i => (float)(Math.Sin(2 * Math.PI * hertz * i / 50) + (0.35 * Math.Sin((4 * Math.PI * hertz * i / 50) + 0.8))))];

    private async Task<HostProcess> StartAsync()
    {
        await File.WriteAllTextAsync(_home.Combine("edgehost.json"), Rules);
        return HostProcess.Start(_home.Combine("h.sock"), _home.Path);
    }
}
