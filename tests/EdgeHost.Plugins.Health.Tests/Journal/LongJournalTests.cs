using System.Globalization;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Journal;

/// <summary>A reading a minute over two weeks; ten years are measured by the benchmark <c>health-journal</c>.</summary>
public class LongJournalTests
{
    private const int Minutes = 14 * 1440;

    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ReadingsOfEachMinute_AreImportedSummarisedAndExported()
    {
        await using var host = await HealthHost.StartAsync(new FakeTimeProvider(Now), new Dictionary<string, string> { ["health:max_samples"] = "7000" });
        var csv = Csv();

        var first = await ImportAsync(host, csv);
        var again = await ImportAsync(host, csv);
        var week = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Period = SummaryPeriod.Week });
        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest()));
        var pages = answer.ReadItems<HealthExportPage>();

        Assert.Equal((Minutes, 0, 1), (first.Accepted, first.Duplicates, first.FlaggedCount));
        Assert.Equal(Minutes + 1, again.Duplicates);
        Assert.Equal(7 * 1440, Assert.Single(week.Types, static type => type.Type == "heart_rate").Count);
        Assert.Equal(Minutes + 1, answer.Read<ExportHealthResponse>().Samples);
        Assert.All(pages, static page => Assert.InRange(page.Samples.Count, 0, 1000));
        var times = pages.SelectMany(static page => page.Samples).Where(static sample => sample.Type == "heart_rate").Select(static sample => sample.Time).ToList();
        Assert.Equal(times.Distinct().Order(), times);
    }

    [Fact]
    public async Task Import_ThatEndsInAWrongLine_NamesItAndKeepsWholeParts()
    {
        await using var host = await HealthHost.StartAsync(new FakeTimeProvider(Now), new Dictionary<string, string> { ["health:max_samples"] = "1000" });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, [.. Csv(2500), .. "nonsense\n"u8]));
        var mended = await ImportAsync(host, Csv(2500));

        Assert.Contains("Line 2502", error.Message, StringComparison.Ordinal);
        Assert.Equal((500, 2000), (mended.Accepted, mended.Duplicates));
    }

    private static byte[] Csv()
    {
        byte[] flagged = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"\"glucose\",5.5,\"mg/dL\",{Now.AddMinutes(-1).ToUnixTimeMilliseconds()},\"meter, \"\"old\"\"\"\r\n"))];
        return [.. Csv(Minutes), .. flagged];
    }

    private static byte[] Csv(int count)
    {
        var text = new StringBuilder("type,value,unit,time,source\n");
        for (var i = 0; i < count; i++) text.Append("heart_rate,").Append(60 + (i % 40)).Append(",/min,").Append(CultureInfo.InvariantCulture, $"{Now.AddMinutes(i - count).ToUnixTimeMilliseconds()}").Append(i % 2 == 0 ? ",watch\n" : ",\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Task<ImportHealthResponse> ImportAsync(PluginTestHost host, byte[] csv)
        => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = ImportFormat.Csv, Data = csv });
}
