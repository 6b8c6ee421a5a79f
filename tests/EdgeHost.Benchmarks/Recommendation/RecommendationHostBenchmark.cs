using System.Diagnostics;
using System.Globalization;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Client;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>
/// Recommendations through the real host: lists beside the same engine in this process on the same model file, events a second that are durable beside bare SQLite, how long an event takes to change a
/// list, and what builds take. Parts: a number of items (<c>1000</c>, <c>100000</c>, <c>1000000</c>), and <c>events=N</c> for so many events beside 100,000 items in place of the usual number.
/// </summary>
internal sealed class RecommendationHostBenchmark : IBenchmark
{
    private const string Catalog = "bench";
    private const string Plugin = "edgehost.recommendation";
    private const int ListLength = 20;
    private const int EventsOfCall = 10_000;

    private static readonly (string Name, int Items, int Users, int Events)[] Sizes = [("1000", 1000, 200, 20_000), ("100000", 100_000, 5_000, 300_000), ("1000000", 1_000_000, 20_000, 1_000_000)];

    public string Name => "recommendation-host";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (name, items, users, events) in Sizes.Concat(Many(run)))
        {
            if (run.Only.Count > 0 && !run.Only.Contains(name)) continue;
            figures.AddRange(await MeasureAsync(name, new MadeShop(items, users), users, run.Times(events, 2_000), run, cancellationToken));
        }

        return figures;
    }

    private static IEnumerable<(string Name, int Items, int Users, int Events)> Many(BenchmarkRun run)
    {
        const string prefix = "events=";
        return run.Only.Where(static part => part.StartsWith(prefix, StringComparison.Ordinal)).Select(part => (part, 100_000, 100_000, int.Parse(part[prefix.Length..], CultureInfo.InvariantCulture)));
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string name, MadeShop shop, int users, int events, BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var home = new HostHome();
        home.Configure(new Dictionary<string, string> { ["Plugins:Settings"] = $$$"""{"{{{Plugin}}}":{"recommendation:settle_seconds":"86400","recommendation:most_wait_seconds":"86400"}}""" });
        await using var host = await RunningHost.StartAsync(new RunningHostOptions { Home = home.Path }, cancellationToken);
        await using var client = await host.ConnectAsync("bench", cancellationToken);
        var figures = new List<Figure>();

        var begun = Stopwatch.GetTimestamp();
        var started = begun;
        await client.Recommendation.PutItemsAsync(Catalog, shop.Items().ToAsyncEnumerable(), Calls, cancellationToken);
        var put = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        foreach (var batch in shop.Events(0, events).Chunk(EventsOfCall)) await client.Recommendation.RecordAsync(Catalog, batch, Calls, cancellationToken);
        var recorded = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"{name}: put in {put.TotalSeconds:F1} s, {events} events in {recorded.TotalSeconds:F1} s ({events / recorded.TotalSeconds:F0}/s), {Memory(host)}");

        // Titles are turned into vectors in the background; what comes now is measured on a host at rest.
        while ((await client.Recommendation.GetStatusAsync(Catalog, Calls, cancellationToken)).Content is { Waiting: > 0 } content)
        {
            if (content.Problems is [var problem, ..]) throw new InvalidOperationException($"Titles cannot be turned into vectors: {problem}");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        Console.WriteLine($"{name}: all titles that become vectors have them {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s after the first call, {Memory(host)}");

        var built = await client.Recommendation.BuildAsync(new BuildRequest { Catalog = Catalog }, Calls, cancellationToken);
        Console.WriteLine($"{name}: {built.Model} built in {built.Milliseconds / 1000:F1} s of {built.Events} events ({built.LeftOut ?? 0} left out), searched {built.SearchedItems} items and {built.SearchedPairs} pairs, {Memory(host)}");
        figures.Add(new Figure($"{name}: build", built.Milliseconds / 1000, "s"));
        figures.Add(new Figure($"{name}: most memory of the host so far", Peak(host) / (1024.0 * 1024), "MiB"));

        figures.AddRange(await ListsAsync(name, shop, users, events, home, client, run, cancellationToken));
        figures.AddRange(await FreshnessAsync(name, shop, users, events, client, run, cancellationToken));
        if (name == Sizes[0].Name) figures.AddRange(await RecordingAsync(name, shop, events, client, run, cancellationToken));

        // Longer than the host takes to see that nothing goes on any more.
        Console.WriteLine($"{name}: in the end {Memory(host)}");
        await Task.Delay(run.Times(30, 1) * TimeSpan.FromSeconds(1), cancellationToken);
        Console.WriteLine($"{name}: at rest {Memory(host)}");
        figures.Add(new Figure($"{name}: memory of the host at rest", ProcessMemory.ResidentBytes(host.ProcessId) / (1024.0 * 1024), "MiB"));
        return figures;
    }

    private static CallOptions Calls { get; } = new() { Deadline = TimeSpan.FromHours(2) };

    private static async Task<IReadOnlyList<Figure>> ListsAsync(
        string name, MadeShop shop, int users, int events, HostHome home, EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var file = Directory.EnumerateFiles(home.Path, "*.model", SearchOption.AllDirectories).Single();
        await using var stream = File.OpenRead(file);
        var read = ModelFile.Read(stream, cancellationToken);
        var recommender = new Recommender(read);
        var reader = new HistoryReader(read.Catalogue, EventWeights.Default, read.Ratings);
        var (first, again, bare) = (new Samples(), new Samples(), new Samples());
        var asked = Enumerable.Range(0, run.Times(Math.Min(300, users / 2), 20)).Select(i => i * (users / 300.0)).Select(static user => MadeShop.UserOf((int)user)).Distinct().ToList();
        var histories = asked.ToDictionary(static user => user, static _ => new List<InteractionEvent>(), StringComparer.Ordinal);
        foreach (var recorded in shop.Events(0, events))
        {
            if (histories.TryGetValue(recorded.User, out var own)) own.Add(new InteractionEvent { User = recorded.User, Item = recorded.Item, Type = recorded.Type, Time = recorded.Time });
        }

        // Compiled and warm before anything is measured, on both sides.
        for (var i = 0; i < run.Times(200, 40); i++)
        {
            await client.Recommendation.RecommendAsync(Catalog, MadeShop.UserOf(users - 1), ListLength, Calls, cancellationToken);
            recommender.Recommend(reader.Read(histories[asked[0]]), new RecommendationQuery { Count = ListLength, Reasons = 2 });
        }

        foreach (var user in asked)
        {
            first.Add(await TimedAsync(() => client.Recommendation.RecommendAsync(Catalog, user, ListLength, Calls, cancellationToken)));
            again.Add(await TimedAsync(() => client.Recommendation.RecommendAsync(Catalog, user, ListLength, Calls, cancellationToken)));
            var history = reader.Read(histories[user]);
            var started = Stopwatch.GetTimestamp();
            recommender.Recommend(history, new RecommendationQuery { Count = ListLength, Reasons = 2 });
            bare.Add(Stopwatch.GetElapsedTime(started));
        }

        Console.WriteLine($"{name}: list of {ListLength}, of someone who asks first {Text(first)}, again {Text(again)}, in process {Text(bare)}; model of {new FileInfo(file).Length / 1e6:F0} MB");
        return
        [
            new Figure($"{name}: list of {ListLength}, median", again.Median, "ms", Aim: Bound.AtMost(10)),
            new Figure($"{name}: list of {ListLength}, 99 of 100", again.Percentile(0.99), "ms"),
            new Figure($"{name}: list of {ListLength} of someone who was not asked for before, median", first.Median, "ms"),
            new Figure($"{name}: list through the host over the engine in process", again.Median / bare.Median),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> FreshnessAsync(string name, MadeShop shop, int users, long events, EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var (took, changed) = (new Samples(), 0);
        var times = run.Times(50, 5);
        for (var i = 0; i < times; i++)
        {
            var user = ((i * 11) + 1) % users;
            var before = await client.Recommendation.RecommendAsync(Catalog, MadeShop.UserOf(user), ListLength, Calls, cancellationToken);
            var next = shop.EventOf(user, events + i, new SeededNumbers((ulong)i));
            var started = Stopwatch.GetTimestamp();
            await client.Recommendation.RecordAsync(Catalog, [new UserEvent { User = next.User, Item = before.Items[0].Item, Type = "like", Time = next.Time }], Calls, cancellationToken);
            var after = await client.Recommendation.RecommendAsync(Catalog, MadeShop.UserOf(user), ListLength, Calls, cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started));
            if (after.Items.All(item => item.Item != before.Items[0].Item)) changed++;
        }

        Console.WriteLine($"{name}: event to changed list {Text(took)}, {changed} of {times} changed");
        return
        [
            new Figure($"{name}: event to changed list, median", took.Median, "ms", Must: Bound.AtMost(1000)),
            new Figure($"{name}: lists that changed", changed / (double)times, Must: Bound.AtLeast(1)),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> RecordingAsync(string name, MadeShop shop, long events, EdgeHostClient client, BenchmarkRun run, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        using var folder = new TempFolder();
        await using var bare = new BareEvents(folder.Combine("bare.db"));
        var next = events + 1000;
        foreach (var (size, calls) in new[] { (1, 300), (100, 100), (1000, 50) })
        {
            // In turn, so that what else the machine does weighs on both.
            var (through, limit) = (TimeSpan.Zero, TimeSpan.Zero);
            var count = run.Times(calls, 5);
            for (var i = 0; i < count; i++, next += size)
            {
                UserEvent[] batch = [.. shop.Events(next, size)];
                through += await TimedAsync(() => client.Recommendation.RecordAsync(Catalog, batch, Calls, cancellationToken));
                var started = Stopwatch.GetTimestamp();
                await bare.AddAsync(batch, cancellationToken);
                limit += Stopwatch.GetElapsedTime(started);
            }

            Console.WriteLine($"{name}: durable in calls of {size}: {count * size / through.TotalSeconds:F0}/s, bare {count * size / limit.TotalSeconds:F0}/s");
            figures.Add(new Figure($"{name}: durable events a second in calls of {size}", count * size / through.TotalSeconds, "/s"));
            figures.Add(new Figure($"{name}: that over bare SQLite, calls of {size}", limit / through));
        }

        return figures;
    }

    private static async Task<TimeSpan> TimedAsync<T>(Func<ValueTask<T>> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started);
    }

    private static string Text(Samples samples) => $"{samples.Median:F2} ms (fastest tenth {samples.Percentile(0.1):F2}, slowest hundredth {samples.Percentile(0.99):F2})";

    private static string Memory(RunningHost host) => $"{ProcessMemory.ResidentBytes(host.ProcessId) / 1e6:F0} MB resident, {Peak(host) / 1e6:F0} MB at most";

    private static long Peak(RunningHost host) => ProcessMemory.PeakResidentBytes(host.ProcessId);
}
