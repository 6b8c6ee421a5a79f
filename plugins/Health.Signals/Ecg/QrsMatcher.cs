using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>How alike a candidate is to the complexes that were found before it: a matched filter with the shapes that this signal's beats come in.</summary>
internal sealed class QrsMatcher(double rateHz, SampleRing shape)
{
    // Beats of one shape before it may speak for or against a candidate.
    private const double LeastWeight = 4;

    private readonly BeatTemplates _templates = new();
    private readonly BeatShape _taken = new();

    /// <summary>Compares a candidate with the shapes of beats.</summary>
    /// <param name="sample">Its largest deflection; 190 ms of the signal after it have come.</param>
    public QrsMatch Match(long sample)
    {
        _taken.Take(shape, sample, rateHz);
        var best = new QrsMatch(0, 0, IsKnown: false);
        var least = Math.Max(LeastWeight, 0.1 * _templates.MostWeight);
        foreach (var template in _templates.All)
        {
            if (template.Weight < least) continue;
            var (correlation, shift) = _taken.Compare(template.Points);
            if (best.IsKnown && correlation <= best.Correlation) continue;
            best = new QrsMatch(correlation, BeatShape.Projection(_taken.At(shift), template.Points), IsKnown: true);
        }

        return best;
    }

    /// <summary>Learns the shape of the candidate that was compared last: it is a beat.</summary>
    public void Learn(long sample)
    {
        _taken.Take(shape, sample, rateHz);
        _templates.Add(_taken);
    }
}
