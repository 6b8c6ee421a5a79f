using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EdgeHost.Host.Tests.Methods;
using EdgeHost.TestKit;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Host.Tests.Telemetry;

public sealed class InstrumentDocumentationTests
{
    [Fact]
    public async Task Operations_NamesEveryInstrumentWithItsUnit()
    {
        var instruments = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("EdgeHost.", StringComparison.Ordinal)) instruments[instrument.Name] = $"| `{instrument.Name}` | {instrument.Unit} |";
            },
        };
        listener.Start();
        await using var host = new HostFixture();
        Assert.NotEmpty(host.GetAll<IHostedService>());

        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));

        Assert.Contains("edgehost.device.queued", instruments.Keys);
        Assert.Contains("edgehost.ipc.calls", instruments.Keys);
        Assert.Contains("edgehost.calls", instruments.Keys);
        var missing = instruments.Values.Where(row => !text.Contains(row, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"docs/operations.md lacks rows that begin with\n{string.Join('\n', missing)}");
    }
}
