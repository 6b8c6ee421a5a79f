using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Failover;

/// <summary>
/// A virtual NPU under load from several apps that begins to fail, and one that hangs: how many calls fail, where the work runs meanwhile, and how long
/// after it heals it is used again.
/// </summary>
internal sealed class FailoverBenchmark : IBenchmark
{
    private const int Apps = 4;
    private const int CallersAnApp = 2;
    private const int StepsACall = 4;
    private static readonly TimeSpan LatencyFloor = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);

    public string Name => "failover";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        if (VirtualNpu.WhyNot is { } reason)
        {
            Console.WriteLine($"skipped: {reason}");
            return [];
        }

        var failing = await MeasureAsync(run, "every run and load fails", static npu => npu.IsDown = true, cancellationToken);
        var hanging = await MeasureAsync(run, "every run hangs", static npu => npu.HangRuns = true, cancellationToken);
        return [.. Figures("failing", failing), .. Figures("hanging", hanging)];
    }

    private static IEnumerable<Figure> Figures(string title, Outcome outcome) =>
    [
        new Figure($"NPU {title}: failed calls", outcome.Before.Failed + outcome.During.Failed + outcome.After.Failed, Must: Bound.AtMost(0)),
        new Figure($"NPU {title}: steps on it before", 100 * outcome.Before.NpuShare, "%"),
        new Figure($"NPU {title}: steps on it meanwhile", 100 * outcome.During.NpuShare, "%"),
        new Figure($"NPU {title}: steps on it after it was used again", 100 * outcome.After.NpuShare, "%", Bound.AtLeast(90)),
        new Figure($"NPU {title}: from its healing to its next step", outcome.Recovery.TotalSeconds, "s", Bound.AtMost(RecoveryLimit.TotalSeconds)),
        new Figure($"NPU {title}: longest call meanwhile", outcome.During.Longest.TotalMilliseconds, "ms"),
    ];

    private static async Task<Outcome> MeasureAsync(BenchmarkRun run, string fault, Action<VirtualDeviceControl> breakNpu, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var provider = VirtualProvider.Create("npu");
        provider.Npu.LatencyFloor = LatencyFloor;
        var model = BenchmarkModel.Create("chain", folder.Path, GeneratedGraphs.Chain(width: 512, layers: 4, seed: 1)) with { Devices = ["npu", "cpu"] };
        var settings = VirtualNpu.Settings(provider);

        // A run that hangs is found after a second in place of ten, so that the benchmark need not wait.
        settings["Runtime:Scheduling:HangFloor"] = "00:00:01";
        settings["Runtime:Scheduling:TerminationGrace"] = "00:00:00.500";
        await using var host = await ModelHost.StartAsync(new ModelHostOptions { Models = [model], Settings = settings }, cancellationToken);
        var clients = new List<ModelClient>();
        try
        {
            for (var app = 0; app < Apps; app++) clients.Add(await host.ConnectAsync($"app-{app + 1}", cancellationToken));
            var request = new RunRequest { Model = "chain", Steps = StepsACall };
            foreach (var client in clients) await client.RunAsync(request, CallPriority.Normal, cancellationToken);
            var (warmUp, before, during, recovering, after) = (new Phase(), new Phase(), new Phase(), new Phase(), new Phase());
            var phase = warmUp;
            var load = ClosedLoad.Start(Apps * CallersAnApp, (caller, token) => phase.CallAsync(clients[caller % Apps], request, token), cancellationToken);
            await using (load)
            {
                await Task.Delay(run.Seconds(2), cancellationToken);
                Volatile.Write(ref phase, before);
                await Task.Delay(run.Seconds(6), cancellationToken);
                Volatile.Write(ref phase, during);
                breakNpu(provider.Npu);
                await Task.Delay(run.Seconds(8), cancellationToken);
                Volatile.Write(ref phase, recovering);
                provider.Npu.Heal();
                provider.Npu.LatencyFloor = LatencyFloor;
                var healed = Stopwatch.GetTimestamp();
                var recovery = await recovering.NpuUsed.WaitAsync(RecoveryLimit, cancellationToken).ContinueWith(
                    task => task.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(healed) : TimeSpan.MaxValue, TaskScheduler.Default);
                Volatile.Write(ref phase, after);
                await Task.Delay(run.Seconds(6), cancellationToken);
                Volatile.Write(ref phase, new Phase());
                Console.WriteLine($"{fault}:");
                before.Print("before");
                during.Print("meanwhile");
                recovering.Print("healed");
                after.Print("after");
                Console.WriteLine(recovery == TimeSpan.MaxValue ? $"  not used again within {RecoveryLimit.TotalSeconds:F0} s" : $"  used again after {recovery.TotalSeconds:F1} s");
                if (during.Failed > 0 || recovering.Failed > 0) Console.WriteLine($"  for example: {during.Failure ?? recovering.Failure}");
                during.Add(recovering);
                return new Outcome(before, during, after, recovery);
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private sealed record Outcome(Phase Before, Phase During, Phase After, TimeSpan Recovery);
}
