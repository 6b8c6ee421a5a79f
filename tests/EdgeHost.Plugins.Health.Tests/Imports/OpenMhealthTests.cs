using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Health.Tests.Imports;

/// <summary>Data points of Open mHealth, as its schemas have them.</summary>
public class OpenMhealthTests
{
    private const string At = "\"effective_time_frame\":{\"date_time\":\"2024-03-01T08:00:00+01:00\"}";
    private static readonly long Time = new DateTimeOffset(2024, 3, 1, 8, 0, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("heart-rate", "\"heart_rate\":{\"value\":64,\"unit\":\"beats/min\"}", "heart_rate=64 /min")]
    [InlineData("rr-interval", "\"rr_interval\":{\"value\":0.8,\"unit\":\"sec\"}", "rr_interval=800 ms")]
    [InlineData("blood-pressure", "\"systolic_blood_pressure\":{\"value\":128,\"unit\":\"mmHg\"},\"diastolic_blood_pressure\":{\"value\":79,\"unit\":\"mmHg\"}", "diastolic=79 mm[Hg];systolic=128 mm[Hg]")]
    [InlineData("blood-glucose", "\"blood_glucose\":{\"value\":110,\"unit\":\"mg/dL\"}", "glucose=110 mg/dL")]
    [InlineData("oxygen-saturation", "\"oxygen_saturation\":{\"value\":97,\"unit\":\"%\"}", "spo2=97 %")]
    [InlineData("respiratory-rate", "\"respiratory_rate\":{\"value\":14,\"unit\":\"breaths/min\"}", "respiratory_rate=14 /min")]
    [InlineData("body-temperature", "\"body_temperature\":{\"value\":98.6,\"unit\":\"F\"}", "temperature=37 Cel")]
    [InlineData("body-weight", "\"body_weight\":{\"value\":70.5,\"unit\":\"kg\"}", "weight=70.5 kg")]
    [InlineData("step-count", "\"step_count\":{\"value\":7939,\"unit\":\"steps\"}", "steps=7939 1")]
    [InlineData("step-count", "\"step_count\":7939", "steps=7939 1")]
    [InlineData("sleep-duration", "\"sleep_duration\":{\"value\":7.5,\"unit\":\"h\"}", "sleep=450 min")]
    [InlineData("total-sleep-time", "\"total_sleep_time\":{\"value\":450,\"unit\":\"min\"}", "sleep=450 min")]
    public async Task Schemas_AreReadWithTheirUnits(string schema, string body, string expected)
    {
        await using var host = await HealthHost.StartAsync();

        var response = await ImportAsync(host, Point(schema, body + "," + At));

        var samples = await SamplesAsync(host);
        Assert.Equal((samples.Count, 0), (response.Accepted, response.Skipped));
        Assert.Equal(expected, string.Join(';', samples.OrderBy(static one => one.Type, StringComparer.Ordinal).Select(static one => FormattableString.Invariant($"{one.Type}={Math.Round(one.Value, 6)} {one.Unit}"))));
        Assert.All(samples, static one => Assert.Equal((Time, 60, "Band"), (one.Time, one.UtcOffsetMinutes, one.Source)));
    }

    [Theory]
    [InlineData("{\"date_time\":\"2024-03-01T07:00:00Z\"}")]
    [InlineData("{\"time_interval\":{\"start_date_time\":\"2024-03-01T08:00:00+01:00\",\"end_date_time\":\"2024-03-01T09:00:00+01:00\"}}")]
    [InlineData("{\"time_interval\":{\"start_date_time\":\"2024-03-01T08:00:00+01:00\",\"duration\":{\"value\":1,\"unit\":\"h\"}}}")]
    [InlineData("{\"time_interval\":{\"end_date_time\":\"2024-03-01T08:01:00+01:00\",\"duration\":{\"value\":60,\"unit\":\"sec\"}}}")]
    public async Task TimeFrames_AreTheirStart(string frame)
    {
        await using var host = await HealthHost.StartAsync();

        await ImportAsync(host, Point("heart-rate", $"\"heart_rate\":{{\"value\":64,\"unit\":\"beats/min\"}},\"effective_time_frame\":{frame}"));

        Assert.Equal(Time, Assert.Single(await SamplesAsync(host)).Time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("[,]")]
    public async Task Points_AreReadFromArraysAndOneAfterTheOther(string form)
    {
        await using var host = await HealthHost.StartAsync();
        List<string> points = [.. Enumerable.Range(0, 500).Select(static i => Point("heart-rate", $"\"heart_rate\":{{\"value\":{60 + (i % 9)},\"unit\":\"beats/min\"}},\"effective_time_frame\":{{\"date_time\":\"2024-03-01T08:{i / 60:00}:{i % 60:00}Z\"}}"))];
        points.Add(Point("mood", "\"mood\":1"));
        points.Add(Point("heart-rate", $"\"heart_rate\":{{\"value\":64,\"unit\":\"beats/min\"}},\"descriptive_statistic\":\"average\",{At}"));
        points.Add(Point("step-count", "\"step_count\":1,\"effective_time_frame\":{\"time_interval\":{\"date\":\"2024-03-01\",\"part_of_day\":\"morning\"}}"));

        var response = await ImportAsync(host, form == "[,]" ? $"[{string.Join(',', points)}]" : string.Join(form, points));

        Assert.Equal((500, 3), (response.Accepted, response.Skipped));
    }

    [Theory]
    [InlineData("", "no data point")]
    [InlineData("[{\"header\":", "truncated")]
    [InlineData("[1]", "no object")]
    [InlineData("nonsense", "no JSON")]
    [InlineData("{\"body\":{}}", "'header'")]
    [InlineData("{\"header\":{},\"body\":{}}", "schema_id")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{}}", "effective_time_frame")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{\"effective_time_frame\":{\"date_time\":\"2024-03-01T08:00:00\"}}}", "offset")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{\"effective_time_frame\":{\"time_interval\":{}}}}", "time_interval")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{\"effective_time_frame\":{\"time_interval\":{\"end_date_time\":\"2024-03-01T08:00:00Z\",\"duration\":{\"value\":1e99,\"unit\":\"h\"}}}}}", "duration")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{\"heart_rate\":{\"value\":\"64\"},\"effective_time_frame\":{\"date_time\":\"2024-03-01T08:00:00Z\"}}}", "'heart_rate'")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}},\"body\":{\"heart_rate\":{\"value\":1,\"unit\":\"furlong\"},\"effective_time_frame\":{\"date_time\":\"2024-03-01T08:00:00Z\"}}}", "furlong")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"step-count\"}},\"body\":{\"step_count\":1e999,\"effective_time_frame\":{\"date_time\":\"2024-03-01T08:00:00Z\"}}}", "'step_count'")]
    [InlineData("{\"header\":{\"schema_id\":{\"name\":\"\\udfff\"}},\"body\":{}}", "'name' that is no Unicode")]
    public async Task WhatIsNoDataPoint_IsAnInvalidArgumentWithItsPlace(string text, string expected)
    {
        await using var host = await HealthHost.StartAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, text));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bombs_AreRefused()
    {
        await using var host = await HealthHost.StartAsync();

        var deep = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
        var nested = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, new string('[', 100_000)));

        Assert.Contains("levels", deep.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InvalidArgument, nested.Code);
    }

    [Fact]
    public async Task Texts_OfAnyKind_AreKeptOrRefused()
    {
        await using var host = await HealthHost.StartAsync();
        var random = new Random(11);
        var good = Encoding.UTF8.GetBytes(Point("blood-pressure", "\"systolic_blood_pressure\":{\"value\":128,\"unit\":\"mmHg\"},\"diastolic_blood_pressure\":{\"value\":79,\"unit\":\"mmHg\"}," + At));
        for (var i = 0; i < 200; i++)
        {
            var spoilt = good.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(32, 127);
            try
            {
                await ImportAsync(host, Encoding.UTF8.GetString(spoilt, 0, random.Next(4) == 0 ? random.Next(spoilt.Length) : spoilt.Length));
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }
    }

    private static string Point(string schema, string body)
        => $"{{\"header\":{{\"id\":\"1\",\"schema_id\":{{\"namespace\":\"omh\",\"name\":\"{schema}\",\"version\":\"2.0\"}},\"acquisition_provenance\":{{\"source_name\":\"Band\"}}}},\"body\":{{{body}}}}}";

    private static Task<ImportHealthResponse> ImportAsync(PluginTestHost host, string text)
        => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = ImportFormat.OpenMhealth, Data = Encoding.UTF8.GetBytes(text) });

    private static async Task<List<ExportedSample>> SamplesAsync(PluginTestHost host)
    {
        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest { Person = "self" }));
        return [.. answer.ReadItems<HealthExportPage>().SelectMany(static page => page.Samples)];
    }
}
