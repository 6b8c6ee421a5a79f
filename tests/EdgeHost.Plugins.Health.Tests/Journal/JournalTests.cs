using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Journal;

/// <summary>What is kept, how, and how it goes away.</summary>
public class JournalTests
{
    private const long Time = 1_700_000_000_000;

    [Fact]
    public async Task Record_Repeated_KeepsEachReadingOnce()
    {
        await using var host = await HealthHost.StartAsync();
        HealthSample[] samples = [Glucose(5.5, "mmol/L", Time), Glucose(100, "mg/dL", Time + 1), Glucose(101, "mg/dL", Time, "other")];

        var first = await RecordAsync(host, samples);
        var second = await RecordAsync(host, samples);
        var (kept, _) = await ExportAsync(host);

        Assert.Equal((3, 0), (first.Accepted, first.Duplicates));
        Assert.Equal((0, 3), (second.Accepted, second.Duplicates));
        Assert.Equal(3, kept.Count);
        var converted = Assert.Single(kept, static sample => sample.GivenUnit == "mmol/L");
        Assert.Equal((99.1, "mg/dL", 5.5), (Math.Round(converted.Value, 2), converted.Unit, converted.GivenValue));
    }

    [Theory]
    [InlineData("glucose", 5.5, "mg/dL", Time, "swapped_unit")]
    [InlineData("glucose", 100, "mmol/L", Time, "swapped_unit")]
    [InlineData("heart_rate", -70, "/min", Time, "impossible")]
    [InlineData("temperature", 98.6, "Cel", Time, "swapped_unit")]
    [InlineData("weight", 70, "kg", Time * 10, "future")]
    [InlineData("weight", 70, "kg", -Time * 10, "past")]
    public async Task Record_ImplausibleReading_IsFlaggedKeptApartAndNeverCounted(string type, double value, string unit, long time, string reason)
    {
        await using var host = await HealthHost.StartAsync();

        var response = await RecordAsync(host, new HealthSample { Type = type, Value = value, Unit = unit, Time = time });
        var (kept, _) = await ExportAsync(host);
        var summary = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Until = Time + 1 });

        Assert.Equal((0, reason), (response.Accepted, Assert.Single(response.Flagged).Reason));
        Assert.Equal(reason, Assert.Single(kept).Flag);
        Assert.Empty(summary.Types);
    }

    [Fact]
    public async Task Record_Corrected_TakesThePlaceOfTheFlaggedOne()
    {
        await using var host = await HealthHost.StartAsync();
        await RecordAsync(host, Glucose(5.5, "mg/dL", Time));

        var corrected = await RecordAsync(host, Glucose(5.5, "mmol/L", Time));
        var wrong = await RecordAsync(host, Glucose(5.5, "mg/dL", Time));

        Assert.Equal((1, 0, 1), (corrected.Accepted, corrected.Duplicates, wrong.Duplicates));
        Assert.Equal(((string?)null, "mmol/L"), (Assert.Single((await ExportAsync(host)).Samples).Flag, (await ExportAsync(host)).Samples[0].GivenUnit));
    }

    [Fact]
    public async Task Record_WithOneUnknownTypeOrUnit_KeepsNothing()
    {
        await using var host = await HealthHost.StartAsync();

        var type = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(host, Glucose(100, "mg/dL", Time), new HealthSample { Type = "mood", Value = 1, Unit = "1", Time = Time }));
        var unit = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(host, Glucose(100, "stone", Time)));

        Assert.Contains("samples[1].type", type.Message, StringComparison.Ordinal);
        Assert.Contains("mmol/L", unit.Message, StringComparison.Ordinal);
        Assert.Empty((await ExportAsync(host)).Samples);
    }

    [Fact]
    public async Task Files_HaveNothingReadable_AndBelongToTheirOwner()
    {
        await using var host = await HealthHost.StartAsync();
        await RecordAsync(host, new RecordSamplesRequest { Person = "Wilhelmina", Samples = [Glucose(123.4567, "mg/dL", Time, "PancreasMeter")] });
        var folder = host.Services.GetRequiredService<IPluginStorage>().DataFolder;

        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            if (path.EndsWith(".lock", StringComparison.Ordinal)) continue;
            var bytes = await File.ReadAllBytesAsync(path);
            foreach (var secret in new[] { "Wilhelmina", "PancreasMeter", "mg/dL", "test-app" }) Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(BitConverter.GetBytes(123.4567)));
        }

        Assert.Contains(Directory.EnumerateFiles(folder), static path => path.EndsWith("health.key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_HasEverythingPageByPageWithWhoDidWhat()
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:export_page"] = "10" });
        await RecordAsync(host, [.. Enumerable.Range(0, 25).Select(static i => Glucose(100 + i, "mg/dL", Time + i))]);
        await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Until = Time + 100 });

        var (samples, accesses) = await ExportAsync(host);

        Assert.Equal(25, samples.Count);
        Assert.Equal([HealthMethods.Record, HealthMethods.Summary, HealthMethods.Export], accesses.Select(static access => access.Method));
        Assert.All(accesses, static access => Assert.Equal(("test-app", 25L), (access.App, access.Samples)));
    }

    [Fact]
    public async Task Erase_LeavesNothingOfThePersonAndAllOfOthers()
    {
        await using var host = await HealthHost.StartAsync();
        await RecordAsync(host, Glucose(100, "mg/dL", Time));
        await RecordAsync(host, new RecordSamplesRequest { Person = "other", Samples = [Glucose(100, "mg/dL", Time)] });

        var erased = await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });
        var again = await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });

        Assert.Equal((1, 0), (erased.Samples, again.Samples));
        var (samples, accesses) = await ExportAsync(host);
        Assert.Empty(samples);
        Assert.Empty(accesses);
        Assert.Single((await ExportAsync(host, "other")).Samples);
        Assert.Equal(1, (await RecordAsync(host, Glucose(100, "mg/dL", Time))).Accepted);
    }

    [Fact]
    public async Task Limits_AreSaidWithWhatToDo()
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_samples"] = "2" });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(host, Glucose(1, "mg/dL", 1), Glucose(1, "mg/dL", 2), Glucose(1, "mg/dL", 3)));
        var setting = await Assert.ThrowsAsync<EdgeHostException>(() => HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_samples"] = "0" }));

        Assert.Contains("health:max_samples", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.FailedPrecondition, setting.Code);
    }

    private static HealthSample Glucose(double value, string unit, long time, string? source = null) => new() { Type = "glucose", Value = value, Unit = unit, Time = time, Source = source };

    private static Task<RecordSamplesResponse> RecordAsync(PluginTestHost host, params HealthSample[] samples) => RecordAsync(host, new RecordSamplesRequest { Samples = samples });

    private static Task<RecordSamplesResponse> RecordAsync(PluginTestHost host, RecordSamplesRequest request)
        => host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, request);

    private static async Task<(List<ExportedSample> Samples, List<HealthAccess> Accesses)> ExportAsync(PluginTestHost host, string person = "self")
    {
        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest { Person = person }));
        var pages = answer.ReadItems<HealthExportPage>();
        var (samples, accesses) = (pages.SelectMany(static page => page.Samples).ToList(), pages.SelectMany(static page => page.Accesses).ToList());
        var end = answer.Read<ExportHealthResponse>();
        Assert.Equal((end.Samples, end.Accesses), (samples.Count, accesses.Count));
        return (samples, accesses);
    }
}
