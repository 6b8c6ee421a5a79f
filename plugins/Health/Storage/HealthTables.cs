using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>The plugin's database: what there is of persons, encrypted but for types and times.</summary>
internal static class HealthTables
{
    private const string FileName = "health.db";

    private const string AlertTables = """
        CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, payload BLOB NOT NULL);
        CREATE TABLE alert_state (person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, rule TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (person, rule));
        CREATE INDEX alert_person ON alert (person, id);
        """;

    private const string AlertSettingsTable = "CREATE TABLE alert_settings (person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE, payload BLOB NOT NULL);";

    private const string WaveTables = """
        CREATE TABLE wave (
            id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, kind TEXT NOT NULL, time INTEGER NOT NULL,
            tag BLOB NOT NULL, payload BLOB NOT NULL, annotations BLOB, UNIQUE (person, kind, time, tag));
        CREATE TABLE wave_part (wave INTEGER NOT NULL REFERENCES wave(id) ON DELETE CASCADE, part INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (wave, part));
        CREATE TABLE device_record (person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, tag BLOB NOT NULL, PRIMARY KEY (person, tag)) WITHOUT ROWID;
        """;

    private const string ForecastTables = """
        CREATE TABLE forecast (person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE, until INTEGER NOT NULL, payload BLOB NOT NULL);
        """;

    private const string ForecastColumn = "ALTER TABLE forecast ADD COLUMN is_outdated INTEGER NOT NULL DEFAULT 0;";

    private const string Tables = $"""
        CREATE TABLE person (id INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, key BLOB NOT NULL);
        CREATE TABLE sample (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, type TEXT NOT NULL, time INTEGER NOT NULL,
            source BLOB NOT NULL, flag TEXT, payload BLOB NOT NULL, UNIQUE (person, type, time, source));
        CREATE TABLE audit (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, time INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE INDEX audit_person ON audit (person, id);
        {AlertTables}
        {AlertSettingsTable}
        {WaveTables}
        {ForecastTables}
        {ForecastColumn}
        """;

    private static readonly DatabaseSchema Schema = new(Tables, AlertTables, AlertSettingsTable, WaveTables, ForecastTables, ForecastColumn);

    /// <summary>The database, opened by its first use. The key is made before it: one that is there without its key must not get another one.</summary>
    public static PluginDatabase Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<HealthOptions>();
        return new PluginDatabase(
            new DatabaseSpec
            {
                Path = Path.Combine(services.GetRequiredService<IPluginStorage>().DataFolder, FileName),
                Schema = Schema,
                Words = new DatabaseWords
                {
                    Subject = "health data",
                    WhenFull = "The disk is full: nothing was kept. Free some space.",
                    WhenDamaged = "Stop the host and move the plugin's data folder away, or restore it from a backup.",
                },
                QueueLimit = options.QueueLimit,
                BeforeCreation = services.GetRequiredService<MasterKey>().Ensure,
            },
            services.GetRequiredService<TimeProvider>());
    }
}
