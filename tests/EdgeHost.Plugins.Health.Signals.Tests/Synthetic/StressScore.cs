using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Scoring;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>What an analysis of a stress case is worth, in the noisy stretches alone.</summary>
/// <param name="All">Every beat.</param>
/// <param name="Usable">Beats where the analysis says that the signal is usable.</param>
/// <param name="UsableShare">The share of the time of which it says so.</param>
internal sealed record StressScore(BeatScore All, BeatScore Usable, double UsableShare)
{
    public static StressScore Of(StressCase test, EcgAnalysis analysis, bool noisy)
    {
        var samples = test.Leads[0].Length;
        IReadOnlyList<(long Start, long End)> clean = noisy ? StressSignal.Clean(samples, test.RateHz, test.LeadInSeconds) : [];
        IReadOnlyList<(long Start, long End)> poor = [.. analysis.Quality.Where(x => x.Level >= SignalQuality.Poor).Select(x => (x.Start, x.End))];
        IReadOnlyList<long> found = [.. analysis.Beats.Select(beat => beat.Sample)];
        var (cleanTime, poorTime) = (Sum(clean, samples), DurationScore.Of(clean, poor, samples).FoundOnly);
        return new StressScore(
            BeatScorer.Score(test.Beats, found, test.RateHz, clean),
            BeatScorer.Score(test.Beats, found, test.RateHz, [.. clean, .. poor]),
            1 - (poorTime / (double)Math.Max(1, samples - cleanTime)));
    }

    private static long Sum(IReadOnlyList<(long Start, long End)> stretches, long samples) => stretches.Sum(x => Math.Min(x.End, samples) - Math.Min(x.Start, samples));
}
