using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Overhead;

/// <summary>What a host costs that does nothing: memory, time to the first call, size on disk.</summary>
internal sealed class IdleBenchmark : IBenchmark
{
    private const int Starts = 7;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public string Name => "idle";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var starts = new Samples();
        var memory = new List<long>();
        for (var i = 0; i < Starts; i++)
        {
            await using var host = await RunningHost.StartAsync(cancellationToken);
            starts.Add(host.StartTime);
            await Task.Delay(Settle, cancellationToken);
            memory.Add(ProcessMemory.ResidentBytes(host.ProcessId));
        }

        memory.Sort();
        Console.WriteLine($"process start to first accepted call: p50 {starts.Median:F0} ms, best {starts.Percentile(0):F0} ms, worst {starts.Percentile(1):F0} ms of {Starts} (aim: under 400 ms)");
        Console.WriteLine($"idle resident memory, plugins discovered, no model loaded: median {memory[Starts / 2] / 1e6:F1} MB (aim: under 70 MB)");
        var program = Path.GetDirectoryName(HostProcess.Executable)!;
        var plugins = Path.Combine(Repository.Artifacts, "plugins");
        Console.WriteLine($"release build: {SizeOf(program) / 1e6:F1} MB host, {SizeOf(plugins) / 1e6:F1} MB plugins");
        return
        [
            new Figure("process start to first accepted call, p50", starts.Median, "ms", Bound.AtMost(400)),
            new Figure("resident memory, no model loaded", memory[Starts / 2] / 1e6, "MB", Bound.AtMost(70)),
        ];
    }

    private static long SizeOf(string folder)
        => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
