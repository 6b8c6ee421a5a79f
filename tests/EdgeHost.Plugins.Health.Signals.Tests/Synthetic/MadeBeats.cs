using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>Beats as an analysis gives them, without a signal: in place to some milliseconds, ventricular ones known, atrial ones taken for normal ones, which is the hard case.</summary>
internal static class MadeBeats
{
    public const double RateHz = 360;

    public static List<EcgBeat> Of(IReadOnlyList<SyntheticBeat> beats, Random random)
    {
        var made = new List<EcgBeat>();
        foreach (var beat in beats)
        {
            var sample = (long)Math.Round((beat.Seconds + (0.003 * SyntheticEcg.Gaussian(random))) * RateHz);
            var interval = made.Count == 0 ? double.NaN : 1000 * (sample - made[^1].Sample) / RateHz;
            made.Add(new EcgBeat(sample, beat.Ventricular ? BeatKind.Ventricular : BeatKind.Normal, interval, 1, SignalQuality.Good));
        }

        return made;
    }
}
