using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Health.Tests.Sensors;

/// <summary><c>health.record_ble</c>: what becomes of the values of sensors.</summary>
public class RecordBleTests
{
    private const long Time = 1_709_280_000_000;
    private const string Glucose = "0B 05 00 E8 07 03 01 08 1E 00 00 00 6E B0 12 00 00";
    private static readonly long MeterTime = new DateTimeOffset(2024, 3, 1, 8, 30, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds() + 5;

    [Fact]
    public async Task HeartRate_IsKeptWithItsIntervalsAtTheirTimes()
    {
        await using var host = await HealthHost.StartAsync();

        var response = await RecordAsync(host, Value("2A37", "16 3C 00 04 00 03"));

        Assert.Equal((3, 0), (response.Accepted, response.Duplicates));
        Assert.Equal(
            [("heart_rate", 60.0, Time), ("rr_interval", 750.0, Time), ("rr_interval", 1000.0, Time - 750)],
            (await SamplesAsync(host)).Select(static one => (one.Type, one.Value, one.Time)).Order());
        Assert.All(await SamplesAsync(host), static one => Assert.Equal("strap", one.Source));
    }

    [Fact]
    public async Task Glucose_IsKnownByItsNumber_WhateverTimeTheMeterShowsLater()
    {
        await using var host = await HealthHost.StartAsync();
        var moved = Glucose.Replace("1E 00 00 00", "1E 00 3C 00", StringComparison.Ordinal);

        var first = await RecordAsync(host, Value("2A18", Glucose));
        var again = await RecordAsync(host, Value("2A18", Glucose), Value("2A18", moved));
        var next = await RecordAsync(host, Value("2A18", Glucose.Replace("0B 05", "0B 06", StringComparison.Ordinal)));
        var reset = await RecordAsync(host, Value("2A18", Glucose.Replace("08 1E", "09 1E", StringComparison.Ordinal)));

        Assert.Equal((1, 0), (first.Accepted, first.Duplicates));
        Assert.Equal((0, 2), (again.Accepted, again.Duplicates));
        Assert.Equal((1, 1), (next.Accepted, reset.Accepted));
        Assert.Equal([(110.0, MeterTime), (110.0, MeterTime + 1), (110.0, MeterTime + 3_600_000)], (await SamplesAsync(host)).Select(static one => (one.Value, one.Time)).Order());
    }

    [Fact]
    public async Task SameNumberOfAnotherMeterOrPerson_IsAnotherReading()
    {
        await using var host = await HealthHost.StartAsync();
        await RecordAsync(host, Value("2A18", Glucose));

        var meter = await RecordAsync(host, new RecordBleRequest { Device = "other", UtcOffsetMinutes = 60, Notifications = [Value("2A18", Glucose)] });
        var person = await RecordAsync(host, new RecordBleRequest { Person = "other", Device = "strap", UtcOffsetMinutes = 60, Notifications = [Value("2A18", Glucose)] });

        Assert.Equal((1, 1), (meter.Accepted, person.Accepted));
    }

    [Fact]
    public async Task OtherSensors_AreKeptInTheirUnits()
    {
        await using var host = await HealthHost.StartAsync();

        var response = await RecordAsync(
            host, Value("00002a35-0000-1000-8000-00805f9b34fb", "04 80 00 50 00 60 00 48 00"), Value("2A5F", "00 61 00 49 00"), Value("2A1C", "01 DA 03 00 FF"), Value("2A9D", "00 B0 36"));

        Assert.Equal(6, response.Accepted);
        Assert.Equal(1, response.Duplicates);
        Assert.Equal(
            "diastolic=80;heart_rate=72;spo2=97;systolic=128;temperature=37;weight=70",
            string.Join(';', (await SamplesAsync(host)).Select(static one => FormattableString.Invariant($"{one.Type}={Math.Round(one.Value, 3)}")).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("2A37", "04 48", "no_contact")]
    [InlineData("2A37", "00 00", "no_value")]
    [InlineData("2A18", "02 05 00 E8 07 03 01 08 1E 00 FF 07 12", "no_value")]
    [InlineData("2A18", "02 05 00 E8 07 03 01 08 1E 00 6E B0 4A", "no_person")]
    [InlineData("2A18", "0A 05 00 E8 07 03 01 08 1E 00 6E B0 12 20 00", "fault")]
    [InlineData("2A18", "03 05 00 E8 07 03 01 08 1E 00 FF 7F 6E B0 12", "no_time")]
    [InlineData("2A35", "10 80 00 50 00 60 00 01 00", "fault")]
    [InlineData("2A35", "00 FF 07 FF 07 FF 07", "no_value")]
    [InlineData("2A35", "08 80 00 50 00 60 00 02", "other_user")]
    [InlineData("2A5E", "02 61 00 48 00 00 04", "no_person")]
    [InlineData("2A1C", "00 FF FF 7F 00", "no_value")]
    [InlineData("2A9D", "00 FF FF", "no_value")]
    public async Task Values_WithoutAReadingOfThePerson_AreSaidAndNotKept(string characteristic, string hex, string reason)
    {
        await using var host = await HealthHost.StartAsync();

        var response = await RecordAsync(host, new RecordBleRequest { Device = "sensor", UserId = 1, UtcOffsetMinutes = 0, Notifications = [Value(characteristic, hex)] });

        Assert.Equal((0, reason), (response.Accepted, Assert.Single(response.Skipped).Reason));
        Assert.NotEmpty(response.Skipped[0].Text);
        Assert.Empty(await SamplesAsync(host));
    }

    [Fact]
    public async Task ImplausibleValues_AreFlaggedByTheirNotification()
    {
        await using var host = await HealthHost.StartAsync();

        var response = await RecordAsync(host, Value("2A37", "16 3C 00 04"), Value("2A37", "01 2C 02"));

        Assert.Equal((1, "impossible"), (Assert.Single(response.Flagged).Index, response.Flagged[0].Reason));
    }

    [Fact]
    public async Task Context_IsGivenBack()
    {
        await using var host = await HealthHost.StartAsync();

        var context = Assert.Single((await RecordAsync(host, Value("2A34", "03 05 00 02 2D D0 02"))).Contexts);

        Assert.Equal((5, "after_meal", 45.0), (context.Sequence, context.Meal, context.CarbohydrateGrams));
    }

    [Theory]
    [InlineData("2A37", "01 48", "notifications[1]")]
    [InlineData("2A00", "01 48", "notifications[1]")]
    [InlineData("2A18", Glucose, "'utc_offset_minutes'")]
    public async Task OneWrongValue_KeepsNothing(string characteristic, string hex, string expected)
    {
        await using var host = await HealthHost.StartAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(
            () => RecordAsync(host, new RecordBleRequest { Device = "sensor", Notifications = [Value("2A37", "00 48"), Value(characteristic, hex)] }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(await SamplesAsync(host));
    }

    [Theory]
    [InlineData("""{"device":"strap","notifications":[{"characteristic":"2A37","value":"00-48","time":1709280000000}]}""", null)]
    [InlineData("""{"device":"strap","notifications":[{"characteristic":"2A37","value":"0048","time":1709280000000}]}""", null)]
    [InlineData("""{"device":"strap","notifications":[{"characteristic":"2A37","value":"004","time":1709280000000}]}""", "hexadecimal")]
    [InlineData("""{"device":"strap","notifications":[{"characteristic":"2A37","value":"xx","time":1709280000000}]}""", "hexadecimal")]
    [InlineData("""{"device":" ","notifications":[]}""", "device")]
    public async Task Bytes_MayBeHexadecimalText(string json, string? problem)
    {
        await using var host = await HealthHost.StartAsync();
        async Task<int> CallAsync() => (await host.CallAsync(HealthMethods.RecordBle, WireJson.ToMessagePack(System.Text.Encoding.UTF8.GetBytes(json)))).Read<RecordBleResponse>().Accepted;

        if (problem is null) Assert.Equal(1, await CallAsync());
        else Assert.Contains(problem, (await Assert.ThrowsAsync<EdgeHostException>(CallAsync)).Message, StringComparison.Ordinal);
    }

    private static SensorNotification Value(string characteristic, string hex)
        => new() { Characteristic = characteristic, Value = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), Time = Time };

    private static Task<RecordBleResponse> RecordAsync(PluginTestHost host, params SensorNotification[] values)
        => RecordAsync(host, new RecordBleRequest { Device = "strap", UtcOffsetMinutes = 60, Notifications = values });

    private static Task<RecordBleResponse> RecordAsync(PluginTestHost host, RecordBleRequest request) => host.CallAsync<RecordBleRequest, RecordBleResponse>(HealthMethods.RecordBle, request);

    private static async Task<List<ExportedSample>> SamplesAsync(PluginTestHost host)
    {
        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest { Person = "self" }));
        return [.. answer.ReadItems<HealthExportPage>().SelectMany(static page => page.Samples)];
    }
}
