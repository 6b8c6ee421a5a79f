using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Benchmarks.Health;

/// <summary>
/// The noise stress test: beats of shared records and of generated persons under four kinds of noise at four ratios. What limits were chosen
/// with (<see cref="StressCase.IsSeen"/>) is counted apart.
/// </summary>
internal static class EcgNoiseFigures
{
    private static readonly double[] Decibels = [24, 18, 12, 6];

    public static IEnumerable<Figure> Measure(CancellationToken cancellationToken)
    {
        foreach (var records in new[] { true, false })
        {
            var cases = (records ? StressCase.Records() : StressCase.Persons([1, 2, 3, 4])).ToList();
            foreach (var seen in new[] { true, false })
            {
                var chosen = cases.Where(test => test.IsSeen == seen).ToList();
                if (chosen.Count == 0) continue;
                var conditions = SyntheticNoise.Kinds.SelectMany(kind => Decibels.Select(decibels => ((string?)kind, decibels))).Prepend((null, 0));
                foreach (var (kind, decibels) in conditions)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var name = $"{(records ? "records" : "generated")}, {(seen ? "seen" : "not seen")}, {(kind is null ? "clean" : $"{kind} {decibels} dB")}";
                    foreach (var figure in Beats(name, chosen, kind, decibels)) yield return figure;
                }
            }
        }
    }

    private static IEnumerable<Figure> Beats(string name, List<StressCase> cases, string? kind, double decibels)
    {
        var (all, usable, share, count) = (default(BeatScore), default(BeatScore), 0.0, 0);
        foreach (var test in cases)
        {
            for (var lead = 0; lead < test.Leads.Length; lead++)
            {
                var score = StressScore.Of(test, EcgAnalyzer.Analyze(test.Noisy(lead, kind, decibels), test.RateHz), noisy: kind is not null);
                (all, usable, share, count) = (all + score.All, usable + score.Usable, share + score.UsableShare, count + 1);
            }
        }

        Console.WriteLine($"{name}: Se {100 * all.Sensitivity:F2} PPV {100 * all.PositivePredictivity:F2}; usable {100 * share / count:F1} %: Se {100 * usable.Sensitivity:F2} PPV {100 * usable.PositivePredictivity:F2}");
        // Below 12 dB noise is as high as beats: there it must be said, not heard through.
        Bound? aim = decibels is 6 ? null : Bound.AtLeast(98);
        yield return new Figure($"{name}: sensitivity", 100 * all.Sensitivity, "%", Aim: aim);
        yield return new Figure($"{name}: predictivity", 100 * all.PositivePredictivity, "%", Aim: aim);
        yield return new Figure($"{name}: usable", 100 * share / count, "% of the time");
        yield return new Figure($"{name}: sensitivity where usable", 100 * usable.Sensitivity, "%", Aim: Bound.AtLeast(98));
        yield return new Figure($"{name}: predictivity where usable", 100 * usable.PositivePredictivity, "%", Aim: Bound.AtLeast(98));
    }
}
