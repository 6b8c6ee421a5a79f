using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Journal;

/// <summary>What older versions have kept is there.</summary>
public class OldDatabaseTests
{
    // As the first version made it; never to be changed.
    private const string FirstForm = """
        CREATE TABLE person (id INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, key BLOB NOT NULL);
        CREATE TABLE sample (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, type TEXT NOT NULL, time INTEGER NOT NULL,
            source BLOB NOT NULL, flag TEXT, payload BLOB NOT NULL, UNIQUE (person, type, time, source));
        CREATE TABLE audit (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, time INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE INDEX audit_person ON audit (person, id);
        """;

    [Fact]
    public async Task Database_OfTheFirstForm_IsBroughtUpToDateWithWhatIsInIt()
    {
        await using var host = await HealthHost.StartAsync();
        var storage = host.Services.GetRequiredService<IPluginStorage>();
        var master = new MasterKey(storage);
        master.Ensure();
        await using (var first = new PluginDatabase(
            new DatabaseSpec { Path = Path.Combine(storage.DataFolder, "health.db"), Schema = new DatabaseSchema(FirstForm), Words = new DatabaseWords { Subject = "old", WhenFull = "full", WhenDamaged = "damaged" } },
            TimeProvider.System))
        {
            await first.WriteAsync(connection => Fill(connection, master), default);
        }

        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest()));
        var recorded = await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(
            HealthMethods.Record, new RecordSamplesRequest { Samples = [new HealthSample { Type = "systolic", Value = 200, Unit = "mmHg", Time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }] });

        var sample = Assert.Single(answer.ReadItems<HealthExportPage>().SelectMany(static page => page.Samples));
        Assert.Equal(("weight", 70d, "scale"), (sample.Type, sample.Value, sample.Source));
        Assert.Equal(1, recorded.Accepted);
    }

    private static int Fill(DatabaseConnection connection, MasterKey master)
    {
        var tag = master.TagOf("person", "self");
        using var key = master.Create(tag, out var wrapped);
        connection.Execute("INSERT INTO person (id, tag, key) VALUES (1, ?1, ?2)", tag, wrapped);
        var sample = new Sample(SampleTypes.All["weight"], 1_700_000_000_000, "scale", 70, 70, "kg", null, null);
        var source = master.TagOf("source", sample.Source);
        var bytes = new byte[SampleCodec.LengthOf(sample)];
        SampleCodec.Write(sample, bytes);
        return connection.Execute(
            "INSERT INTO sample (person, type, time, source, payload) VALUES (1, 'weight', ?1, ?2, ?3)",
            sample.Time, source, key.Encrypt(bytes, SampleCodec.PlaceOf("weight", sample.Time, source, null)));
    }
}
