using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Benchmarks.Health;

/// <summary>How much of the time fibrillation is suspected in generated persons: in fibrillation, and in rhythms that are irregular by a rule.</summary>
internal static class EcgRhythmFigures
{
    private const double Seconds = 300;

    public static IEnumerable<Figure> Measure(CancellationToken cancellationToken)
    {
        foreach (var rhythm in SyntheticIrregularRhythm.Fibrillating.Concat(SyntheticIrregularRhythm.ByRule))
        {
            var (time, all, highest) = (0.0, 0.0, 0.0);
            for (var seed = 11; seed < 31; seed += 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var person = SyntheticPerson.Draw(rhythm, seed, Seconds);
                var suspected = EcgAnalyzer.Analyze(person.Leads[0], person.RateHz, cancellationToken: cancellationToken).Rhythm.Where(x => x.Kind == RhythmKind.AtrialFibrillationSuspected).Sum(x => x.End - x.Start) / person.RateHz;
                (time, all, highest) = (time + suspected, all + Seconds, Math.Max(highest, suspected / Seconds));
            }

            Console.WriteLine($"{rhythm}: fibrillation suspected {100 * time / all:F1} % of the time, {100 * highest:F1} % of the worst record");
            var expected = SyntheticIrregularRhythm.Fibrillating.Contains(rhythm);
            yield return new Figure($"{rhythm}: fibrillation suspected", 100 * time / all, "% of the time", Aim: expected ? Bound.AtLeast(95) : Bound.AtMost(2));
        }
    }
}
