using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx;
using EdgeHost.TestKit.Onnx;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Benchmarks.Translation;

/// <summary>
/// What pool, leases and schedule add to decoding: the same sentences by the same code over the real runtime and over bare sessions of its engine, all in this process and in turn, and of
/// each sentence the fastest of some rounds, so that what else the machine does weighs on neither.
/// </summary>
internal static class HostOverhead
{
    private static readonly AppIdentity App = new("translation", 0, 0);

    /// <summary>Measures.</summary>
    /// <returns>Time over the runtime by time over bare sessions, for each number of hypotheses.</returns>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string[] texts, string source, string target, int rounds, CancellationToken cancellationToken)
    {
        using var models = await RealModels.OpenAsync("Translation");
        var services = new ServiceCollection()
            .AddLogging()
            .AddOnnxRuntimeEngine()
            .AddSingleton<IModelSource>(models.Source)
            .AddEdgeHostRuntime(static runtime => runtime.Pool.BudgetBytes = 1L << 30)
            .BuildServiceProvider();
        await using (services)
        {
            using var bare = new BareSessions(services.GetRequiredService<IInferenceEngine>(), models.Source);
            using var alone = await OpenAsync(bare, source, target, cancellationToken);
            var scope = new CallScope { PluginId = "translation", App = App, CancellationToken = cancellationToken };
            using var hosted = await OpenAsync(services.GetRequiredService<IModelPool>().ForCall(scope), source, target, cancellationToken);
            var figures = new List<Figure>();
            foreach (var beams in new[] { 1, 4 })
            {
                var (aloneSum, hostedSum) = (0.0, 0.0);
                foreach (var text in texts)
                {
                    var (aloneTimes, hostedTimes) = (new Samples(), new Samples());
                    for (var round = 0; round < rounds; round++)
                    {
                        aloneTimes.Add(await TimeAsync(alone, text, beams, cancellationToken));
                        hostedTimes.Add(await TimeAsync(hosted, text, beams, cancellationToken));
                    }

                    aloneSum += aloneTimes.Percentile(0);
                    hostedSum += hostedTimes.Percentile(0);
                }

                var name = beams == 1 ? "greedy" : $"beam {beams}";
                figures.Add(new Figure($"decoding over the runtime over bare sessions, {name}", hostedSum / aloneSum, Must: Bound.AtMost(1.05)));
                figures.Add(new Figure($"a sentence over bare sessions at the fastest, {name}", aloneSum / texts.Length, "ms"));
            }

            return figures;
        }
    }

    private static ValueTask<MarianTranslator> OpenAsync(IModelProvider models, string source, string target, CancellationToken cancellationToken)
    {
        var id = $"translation-{source}-{target}";
        return MarianTranslator.OpenAsync(models, new TranslationModel(id, source, target, $"{id}-decoder", null, "", 1, true, ""), new MarianFiles(), cancellationToken);
    }

    private static async Task<TimeSpan> TimeAsync(MarianTranslator translator, string text, int beams, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await translator.TranslateAsync([text], new WritingLimits(beams, null), cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }
}
