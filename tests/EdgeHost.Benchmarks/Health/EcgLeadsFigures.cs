using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Benchmarks.Health;

/// <summary>Each of two leads by itself and both together, clean, with noise in one of them, and with noise of their own in both.</summary>
internal static class EcgLeadsFigures
{
    private static readonly (string Name, string? First, string? Second, double Decibels)[] Conditions =
    [
        ("clean", null, null, 0),
        .. from kind in new[] { "ma", "em" } from decibels in new[] { 12.0, 6.0 } select ($"{kind} {decibels} dB in the first", kind, (string?)null, decibels),
        .. from kind in new[] { "ma", "em" } from decibels in new[] { 12.0, 6.0 } select ($"{kind} {decibels} dB in the second", (string?)null, kind, decibels),
        .. from kind in new[] { "ma", "em" } from decibels in new[] { 12.0, 6.0 } select ($"{kind} {decibels} dB in both", kind, kind, decibels),
    ];

    public static IEnumerable<Figure> Measure(CancellationToken cancellationToken)
    {
        foreach (var test in StressCase.Records())
        {
            foreach (var figure in Measure($"record {test.Name}", [test], cancellationToken)) yield return figure;
        }

        foreach (var seen in new[] { true, false })
        {
            var persons = StressCase.Persons(seen ? [2, 4] : [1, 3]).ToList();
            foreach (var figure in Measure(seen ? "generated, seen" : "generated, not seen", persons, cancellationToken)) yield return figure;
        }
    }

    private static IEnumerable<Figure> Measure(string name, List<StressCase> cases, CancellationToken cancellationToken)
    {
        foreach (var (condition, first, second, decibels) in Conditions)
        {
            var sums = new (BeatScore All, BeatScore Usable, double Share)[3];
            foreach (var test in cases)
            {
                cancellationToken.ThrowIfCancellationRequested();
                float[][] leads = [test.Noisy(0, first, decibels), test.Noisy(1, second, decibels)];
                EcgAnalysis[] analyses =
                [
                    EcgAnalyzer.Analyze(leads[0], test.RateHz, cancellationToken: cancellationToken), EcgAnalyzer.Analyze(leads[1], test.RateHz, cancellationToken: cancellationToken),
                    EcgAnalyzer.Analyze([leads[0], leads[1]], test.RateHz, cancellationToken: cancellationToken),
                ];
                for (var i = 0; i < sums.Length; i++)
                {
                    var score = StressScore.Of(test, analyses[i], noisy: (first ?? second) is not null);
                    sums[i] = (sums[i].All + score.All, sums[i].Usable + score.Usable, sums[i].Share + (score.UsableShare / cases.Count));
                }
            }

            string Text(int i) => $"{100 * sums[i].All.Sensitivity:F2} / {100 * sums[i].All.PositivePredictivity:F2} ({100 * sums[i].Share:F0} %: {100 * sums[i].Usable.Sensitivity:F1} / {100 * sums[i].Usable.PositivePredictivity:F1})";
            Console.WriteLine($"{name}, {condition}: first {Text(0)}, second {Text(1)}, together {Text(2)}");
            yield return new Figure($"{name}, {condition}: sensitivity together", 100 * sums[2].All.Sensitivity, "%", Aim: Bound.AtLeast(98));
            yield return new Figure($"{name}, {condition}: predictivity together", 100 * sums[2].All.PositivePredictivity, "%", Aim: Bound.AtLeast(98));
        }
    }
}
