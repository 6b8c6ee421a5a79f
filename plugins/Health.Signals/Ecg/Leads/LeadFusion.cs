using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ecg.Leads;

/// <summary>
/// Makes one analysis of those of several leads. What is a beat in one of them is one where all together speak for it: the logarithms of odds of the leads add up, as their noise is taken for
/// independent, so a clean lead decides against a noisy one and two noisy ones decide together. Place and kind come from the best lead that has the beat, the places without the constant
/// distance that the leads have. Quality is that of the better lead; where all are poor and agree it is fair (agreement of leads as a measure of quality: Li, Mark and Clifford 2008, Physiol Meas 29:15).
/// </summary>
internal sealed class LeadFusion
{
    private const double SameBeatSeconds = 0.09;
    private const double MatchSeconds = 0.15;
    private const double RefractorySeconds = 0.2;
    private const int LeastMatches = 5;
    private const int LeastAgreed = 3;
    private const double AgreedShare = 0.9;
    private const double ClearEvidence = 1;

    private readonly IReadOnlyList<LeadAnalysis> _leads;
    private readonly double _rate;
    private readonly long _samples;

    // The leads, the one that is usable longest first.
    private readonly int[] _order;
    private readonly long[] _offsets;

    /// <param name="leads">Two at least, of signals that are equally long.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="samples">Samples of each lead.</param>
    public LeadFusion(IReadOnlyList<LeadAnalysis> leads, double rateHz, long samples)
    {
        (_leads, _rate, _samples) = (leads, rateHz, samples);
        _order = [.. Enumerable.Range(0, leads.Count).OrderByDescending(lead => leads[lead].Usable)];
        _offsets = [.. leads.Select(lead => OffsetOf(lead, leads[_order[0]]))];
        var instants = Apart(Instants());
        Windows = WindowsOf(instants);
        var (quality, beats) = (QualityWindows.Of(Windows), new List<EcgBeat>(instants.Count));
        foreach (var instant in instants)
        {
            if (instant.Evidence > 0) beats.Add(BeatOf(instant, quality, beats.Count > 0 ? beats[^1].Sample : null));
        }

        Beats = beats;
    }

    public IReadOnlyList<EcgBeat> Beats { get; }

    /// <summary>The quality of windows of five seconds.</summary>
    public IReadOnlyList<QualitySegment> Windows { get; }

    // Samples by which a lead's beats come later than those of the best one: complexes peak at other times in other leads.
    private long OffsetOf(LeadAnalysis lead, LeadAnalysis best)
    {
        var distances = new List<double>();
        var at = 0;
        foreach (var beat in lead.Beats)
        {
            while (at + 1 < best.Beats.Count && Math.Abs(best.Beats[at + 1].Sample - beat.Sample) <= Math.Abs(best.Beats[at].Sample - beat.Sample)) at++;
            if (at < best.Beats.Count && Math.Abs(beat.Sample - best.Beats[at].Sample) <= MatchSeconds * _rate) distances.Add(beat.Sample - best.Beats[at].Sample);
        }

        return distances.Count < LeastMatches ? 0 : (long)Math.Round(Order.Median(distances));
    }

    // Everything that is a beat in a lead, once, with what all leads say of it.
    private List<LeadInstant> Instants()
    {
        var same = (long)(SameBeatSeconds * _rate);
        var found = _leads.SelectMany((lead, index) => lead.Beats.Select((beat, at) => (Sample: beat.Sample - _offsets[index], Lead: index, At: at))).OrderBy(x => x.Sample).ThenBy(x => x.Lead);
        var instants = new List<LeadInstant>();
        foreach (var (sample, lead, at) in found)
        {
            if (instants.Count == 0 || sample - instants[^1].Sample > same || instants[^1].Found[lead] >= 0) instants.Add(new LeadInstant(sample, _leads.Count));
            instants[^1].Found[lead] = at;
        }

        for (var lead = 0; lead < _leads.Count; lead++)
        {
            var next = 0;
            foreach (var instant in instants) instant.Evidence += _leads[lead].EvidenceAt(instant.Sample + _offsets[lead], same, ref next);
        }

        return instants;
    }

    // Of two that the heart cannot both have made, the one that more speaks for is a beat.
    private List<LeadInstant> Apart(List<LeadInstant> instants)
    {
        var (apart, refractory) = (new List<LeadInstant>(instants.Count), (long)(RefractorySeconds * _rate));
        foreach (var instant in instants)
        {
            if (apart.Count == 0 || instant.Sample - apart[^1].Sample >= refractory) apart.Add(instant);
            else if (instant.Evidence > apart[^1].Evidence) apart[^1] = instant;
        }

        return apart;
    }

    private List<QualitySegment> WindowsOf(List<LeadInstant> instants)
    {
        var windows = new List<QualitySegment>();
        var at = 0;
        for (var window = 0; window < _leads[0].Windows.Count; window++)
        {
            var best = _leads.Select(lead => lead.Windows[window]).MinBy(segment => segment.Level);
            var (agreed, all) = (0, 0);
            for (; at < instants.Count && instants[at].Sample < best.End; at++)
            {
                all++;
                if (instants[at].Leads > 1 && instants[at].Evidence > ClearEvidence) agreed++;
            }

            windows.Add(best.Level == SignalQuality.Poor && all >= LeastAgreed && agreed >= AgreedShare * all ? best with { Level = SignalQuality.Fair } : best);
        }

        return windows;
    }

    private EcgBeat BeatOf(LeadInstant instant, QualityWindows quality, long? before)
    {
        var level = quality.Worst(instant.Sample, instant.Sample);
        EcgBeat? placed = null, told = null;
        var (offset, isFirst) = (0L, true);
        foreach (var lead in _order)
        {
            if (instant.Found[lead] < 0) continue;
            var beat = _leads[lead].Beats[instant.Found[lead]];
            if (placed is null || beat.Quality < placed.Value.Quality) (placed, offset) = (beat, _offsets[lead]);
            if (beat.Kind != BeatKind.Unknown && (told is null || beat.Quality < told.Value.Quality)) told = beat;
            isFirst &= double.IsNaN(beat.IntervalMs);
        }

        var (place, shape) = (placed!.Value, told ?? placed.Value);
        var sample = Math.Clamp(place.Sample - offset, 0, _samples - 1);
        return shape with
        {
            Sample = sample,
            IntervalMs = before is { } last && !isFirst ? 1000 * (sample - last) / _rate : double.NaN,
            Quality = level,
            Kind = level < SignalQuality.Poor ? shape.Kind : BeatKind.Unknown,
        };
    }
}
