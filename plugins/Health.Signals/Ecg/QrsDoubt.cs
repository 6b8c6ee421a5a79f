namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// How doubtful it is which peaks of a stretch are beats: how near candidates come to the threshold, how high noise reaches, and how little beats are alike. Where beats stand out, the first
/// two are near 0 and the last near 1.
/// </summary>
internal struct QrsDoubt
{
    // So near to the threshold a decision might have gone the other way.
    private const double Near = 0.25;

    private int _candidates;
    private int _beats;
    private double _near;
    private double _noise;
    private double _alike;

    /// <summary>The doubt, from −1 for none; 0 where there is nothing to judge by.</summary>
    public readonly double Value => _beats == 0 ? 0 : (_near / _beats) + (_noise / _candidates) - (_alike / _beats);

    /// <summary>Adds what was decided of a candidate.</summary>
    public void Add(QrsCandidate candidate, bool isBeat)
    {
        var score = candidate.Score;
        _candidates++;
        _noise += score.Noise;
        if (!candidate.IsTWave) _near += Math.Clamp(1 - (Math.Abs(score.Value - score.Needed) / Near), 0, 1);
        if (!isBeat) return;
        _beats++;
        _alike += candidate.Match.IsKnown ? candidate.Match.Correlation : 1;
    }
}
