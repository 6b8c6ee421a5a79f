using EdgeHost.Benchmarks;

IBenchmark[] all = [new OverheadBenchmark(), new SharingBenchmark(), new IdleBenchmark()];
var chosen = args.Length == 0 ? all : [.. all.Where(benchmark => args.Contains(benchmark.Name))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"Unknown benchmark. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
foreach (var benchmark in chosen)
{
    Console.WriteLine($"== {benchmark.Name}");
    await benchmark.RunAsync(stop.Token);
    Console.WriteLine();
}

return 0;
