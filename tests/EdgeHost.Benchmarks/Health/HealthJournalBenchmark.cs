using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Benchmarks.Health;

/// <summary>
/// Ten years of one reading a minute: imported as CSV, imported again, summarised over a month, exported, erased; each beside what SQLite takes for the bare rows in the same run, file by file in
/// turns. All of it durable and encrypted; the bare rows are durable and not encrypted.
/// </summary>
internal sealed class HealthJournalBenchmark : IBenchmark
{
    private const int Minutes = 10 * 365 * 1440;
    private const int RowsOfFile = 200_000;
    private const int RowsOfTransaction = 20_000;
    private const int Month = 30 * 1440;
    private const long MinuteMs = 60_000;

    public string Name => "health-journal";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var rows = run.Times(Minutes, least: 2 * RowsOfTransaction);
        var until = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / MinuteMs * MinuteMs;
        var start = until - (rows * MinuteMs);
        using var folder = new TempFolder();
        await using var host = await PluginTestHost.StartAsync(new HealthPlugin(), new PluginTestOptions { PluginId = "edgehost.health" }, cancellationToken);
        await using var bare = new BareRows(folder.Combine("bare.db"));
        var (files, before) = ((rows + RowsOfFile - 1) / RowsOfFile, MemoryBytes());
        await using var memory = new PeakMemory();

        var (import, raw, csvBytes) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        for (var file = 0; file < files; file++)
        {
            var (first, count) = (file * RowsOfFile, Math.Min(RowsOfFile, rows - (file * RowsOfFile)));
            raw += await TimedAsync(() => bare.InsertAsync(start + (first * MinuteMs), count, cancellationToken));
            var csv = Csv(start, first, count);
            csvBytes += csv.Length;
            import += await TimedAsync(() => ImportAsync(host, csv, count, cancellationToken));
        }

        var peak = memory.Peak;
        var again = await TimedAsync(() => ImportAsync(host, Csv(start, 0, Math.Min(rows, RowsOfFile)), 0, cancellationToken));
        var month = Math.Min(Month, rows);
        var summary = await TimedAsync(() => SummaryAsync(host, until, month, cancellationToken));
        var rawMonth = await TimedAsync(() => bare.ReadAsync(until - (month * MinuteMs), cancellationToken));
        var export = await TimedAsync(() => ExportAsync(host, rows, cancellationToken));
        var rawAll = await TimedAsync(() => bare.ReadAsync(long.MinValue, cancellationToken));
        var peakOfReading = memory.Peak;
        var size = Directory.EnumerateFiles(host.Services.GetRequiredService<IPluginStorage>().DataFolder, "health.db*").Sum(static path => new FileInfo(path).Length);
        var erase = await TimedAsync(() => EraseAsync(host, rows, cancellationToken));

        var perAgain = again / Math.Min(rows, RowsOfFile);
        Console.WriteLine(FormattableString.Invariant(
            $"{rows} readings in {files} files of CSV ({csvBytes >> 20} MiB): {import.TotalSeconds:F1} s ({rows / import.TotalSeconds:F0}/s), bare rows {raw.TotalSeconds:F1} s; month {summary.TotalMilliseconds:F0} ms; export {export.TotalSeconds:F1} s"));
        return
        [
            new Figure("import over bare inserts", import / raw, Must: Bound.AtMost(5), Aim: Bound.AtMost(2.5)),
            new Figure("import", import.TotalMicroseconds / rows, "µs a reading"),
            new Figure("import again, all duplicates, over the first time", perAgain / (import / rows), Must: Bound.AtMost(1.5)),
            new Figure("summary of a month over reading its bare rows", summary / rawMonth, Must: Bound.AtMost(20)),
            new Figure("summary of a month", summary.TotalMilliseconds, "ms"),
            new Figure("export over reading all bare rows", export / rawAll, Must: Bound.AtMost(25)),
            new Figure("export", export.TotalMicroseconds / rows, "µs a reading"),
            new Figure("erase", erase.TotalMicroseconds / rows, "µs a reading"),
            new Figure("memory that importing adds", (peak - before) / (double)(1 << 20), "MiB", Must: Bound.AtMost(400), Aim: Bound.AtMost(200)),
            new Figure("memory that importing, a summary and an export add", (peakOfReading - before) / (double)(1 << 20), "MiB", Must: Bound.AtMost(400)),
            new Figure("on the disk", size / (double)rows, "B a reading"),
        ];
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun);
    }

    private static long MemoryBytes() => ProcessMemory.AnonymousBytes(Environment.ProcessId);

    private static byte[] Csv(long start, int first, int count)
    {
        var text = new StringBuilder("type,value,unit,time,source\n", count * 44);
        for (var i = first; i < first + count; i++)
        {
            // A day's course, and some restlessness that is the same in each run.
            var rate = 70 + (12 * Math.Sin(i * Math.Tau / 1440)) + ((i * 7919L) % 11) - 5;
            text.Append("heart_rate,").Append(CultureInfo.InvariantCulture, $"{rate:F0}").Append(",/min,").Append(start + (i * MinuteMs)).Append(",watch of the left arm\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task ImportAsync(PluginTestHost host, byte[] csv, int expected, CancellationToken cancellationToken)
    {
        var answer = await host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = ImportFormat.Csv, Data = csv }, cancellationToken: cancellationToken);
        if (answer.Accepted != expected) throw new InvalidOperationException($"{answer.Accepted} readings were kept and not {expected}.");
    }

    private static async Task SummaryAsync(PluginTestHost host, long until, int expected, CancellationToken cancellationToken)
    {
        var answer = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(
            HealthMethods.Summary, new SummarizeHealthRequest { Period = SummaryPeriod.Month, Until = until }, cancellationToken: cancellationToken);
        if (answer.Types[0].Count != expected) throw new InvalidOperationException($"{answer.Types[0].Count} readings were summarised and not {expected}.");
    }

    private static async Task ExportAsync(PluginTestHost host, int expected, CancellationToken cancellationToken)
    {
        ICapabilityHandler handler = ActivatorUtilities.CreateInstance<ExportHandler>(host.Services);
        var (context, response) = (new DroppingContext(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest())), new ArrayBufferWriter<byte>());
        await handler.HandleAsync(context, response, cancellationToken);
        var given = WireMessageSerializer.Deserialize<ExportHealthResponse>(response.WrittenMemory).Samples;
        if (given != expected) throw new InvalidOperationException($"{given} readings were exported and not {expected}.");
    }

    private static async Task EraseAsync(PluginTestHost host, int expected, CancellationToken cancellationToken)
    {
        var answer = await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" }, cancellationToken: cancellationToken);
        if (answer.Samples != expected) throw new InvalidOperationException($"{answer.Samples} readings were erased and not {expected}.");
    }

    /// <summary>The same table with the same index, without encryption, in transactions of the same length.</summary>
    private sealed class BareRows(string path) : IAsyncDisposable
    {
        private static readonly byte[] Source = new byte[16];
        private static readonly byte[] Payload = new byte[68];

        private readonly PluginDatabase _database = new(
            new DatabaseSpec
            {
                Path = path,
                Schema = new DatabaseSchema(
                    "CREATE TABLE sample (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, type TEXT NOT NULL, time INTEGER NOT NULL, source BLOB NOT NULL, flag TEXT, payload BLOB NOT NULL, UNIQUE (person, type, time, source))"),
                Words = new DatabaseWords { Subject = "bare rows", WhenFull = "The disk is full.", WhenDamaged = "Run it again." },
            },
            TimeProvider.System);

        public async Task InsertAsync(long from, int count, CancellationToken cancellationToken)
        {
            for (var done = 0; done < count; done += RowsOfTransaction)
            {
                var first = done;
                await _database.WriteAsync(
                    connection =>
                    {
                        for (var i = first; i < Math.Min(count, first + RowsOfTransaction); i++)
                            connection.Execute("INSERT INTO sample (person, type, time, source, payload) VALUES (1, ?1, ?2, ?3, ?4)", "heart_rate", from + (i * MinuteMs), Source, Payload);
                        return 0;
                    },
                    cancellationToken);
            }
        }

        public Task<long> ReadAsync(long from, CancellationToken cancellationToken) => _database.ReadAsync(
            connection =>
            {
                var bytes = 0L;
                connection.Read(
                    "SELECT time, source, flag, payload FROM sample WHERE person = 1 AND type = 'heart_rate' AND time >= ?1 ORDER BY time, source", row => bytes += row.Integer(0) + row.Span(1).Length + row.Span(3).Length, cancellationToken, from);
                return bytes;
            },
            cancellationToken);

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }

    /// <summary>Lets items go, as a reader on a socket does.</summary>
    private sealed class DroppingContext(string method, ReadOnlyMemory<byte> body) : CapabilityContext
    {
        private readonly FakeCapabilityContext _inner = new(method, body);

        public override string Method => _inner.Method;

        public override AppIdentity App => _inner.App;

        public override ReadOnlyMemory<byte> Body => _inner.Body;

        public override CallPriority Priority => _inner.Priority;

        public override DateTimeOffset? Deadline => null;

        public override string? TraceParent => null;

        public override IModelProvider Models => _inner.Models;

        public override Microsoft.Extensions.Logging.ILogger Logger => _inner.Logger;

        public override bool Allows(string permission) => true;

        public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    /// <summary>Looks at the process's memory every 50 ms.</summary>
    private sealed class PeakMemory : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _watch;
        private long _peak;

        public PeakMemory() => _watch = WatchAsync();

        public long Peak => Interlocked.Read(ref _peak);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task WatchAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            do Interlocked.Exchange(ref _peak, Math.Max(_peak, MemoryBytes()));
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
    }
}
