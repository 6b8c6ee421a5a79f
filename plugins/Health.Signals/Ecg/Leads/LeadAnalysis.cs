using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Signals.Ecg.Leads;

/// <summary>What one lead shows by itself: its beats, the quality of its windows, and everything that was looked at as a beat.</summary>
internal sealed class LeadAnalysis : IEcgObserver
{
    // What was found because a beat was missing is one, however little speaks for it.
    private const double LeastMargin = 0.02;

    // A wide beat has little slope, so its score says nothing; it is taken for one in a quiet signal alone, by its swing.
    private const double WideMargin = 0.3;

    private readonly List<LeadCandidate> _candidates = [];

    private readonly LeadContact _contact;
    private QualityWindows _quality = QualityWindows.Of([]);

    private LeadAnalysis(LeadContact contact) => _contact = contact;

    public List<EcgBeat> Beats { get; } = [];

    /// <summary>Windows of five seconds, the last one shorter.</summary>
    public List<QualitySegment> Windows { get; } = [];

    /// <summary>Samples that are usable.</summary>
    public long Usable => Windows.Where(window => window.Level < SignalQuality.Poor).Sum(window => window.End - window.Start);

    public static LeadAnalysis Of(ReadOnlySpan<float> millivolts, double rateHz, EcgOptions? options, CancellationToken cancellationToken)
    {
        var lead = new LeadAnalysis(LeadContact.Of(millivolts, rateHz));
        EcgAnalyzer.Feed(new EcgMonitor(rateHz, lead, options) { Noted = lead.Note }, millivolts, cancellationToken);
        lead._quality = QualityWindows.Of(lead.Windows);
        lead.Arrange();
        return lead;
    }

    public void OnBeat(in EcgBeat beat) => Beats.Add(beat);

    public void OnRhythm(in RhythmSegment segment)
    {
        // The rhythm is told by the beats of all leads.
    }

    public void OnQuality(in QualitySegment segment) => Windows.Add(segment);

    /// <summary>How much this lead speaks for a beat at a sample, or against one where it is negative; 0 where it has no signal.</summary>
    /// <param name="sample">Where.</param>
    /// <param name="reach">How far away it may be.</param>
    /// <param name="next">0 at first; samples that are asked for in order keep it.</param>
    public double EvidenceAt(long sample, long reach, ref int next)
    {
        var most = MostEvidence(_quality.Worst(sample, sample));
        if (_candidates.Count == 0 || most == 0) return 0;
        while (next + 1 < _candidates.Count && _candidates[next].Sample < sample - reach) next++;
        var best = double.NegativeInfinity;
        for (var i = next; i < _candidates.Count && _candidates[i].Sample <= sample + reach; i++)
        {
            if (_candidates[i].Sample >= sample - reach) best = Math.Max(best, _candidates[i].Evidence);
        }

        if (double.IsNegativeInfinity(best)) best = _contact.IsOff(sample - reach, sample + reach) ? 0 : _candidates[next].EvidenceOfNone;
        return Math.Clamp(best, -most, most);
    }

    // However high a score is, what is said in a window of such a quality is wrong about so often: one beat in 400, in 55, in 8 (the noise stress test of the documentation).
    private static double MostEvidence(SignalQuality level) => level switch { SignalQuality.Good => 6, SignalQuality.Fair => 4, SignalQuality.Poor => 2, _ => 0 };

    private void Note(QrsCandidate candidate, bool isBeat)
    {
        var score = candidate.Score;
        var margin = candidate.IsTWave ? -score.Needed : score.Value - score.Needed;
        if (isBeat) margin = Math.Max(margin, score.IsWide ? WideMargin : LeastMargin);
        _candidates.Add(new LeadCandidate(candidate.Peak.Sample, margin, score.Needed, score.Noise));
    }

    // What was looked at twice counts as it was judged last; what was taken afterwards because a beat was missing counts as a beat.
    private void Arrange()
    {
        var last = new Dictionary<long, LeadCandidate>();
        foreach (var candidate in _candidates) last[candidate.Sample] = candidate;
        foreach (var beat in Beats)
        {
            if (last.TryGetValue(beat.Sample, out var candidate)) last[beat.Sample] = candidate with { Margin = Math.Max(LeastMargin, candidate.Margin) };
        }

        _candidates.Clear();
        _candidates.AddRange(last.Values.OrderBy(candidate => candidate.Sample));
    }
}
