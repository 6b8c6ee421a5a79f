namespace EdgeHost.Plugins.Health.Signals.Ecg.Leads;

/// <summary>What one lead says of an instant.</summary>
/// <param name="Sample">The largest deflection there.</param>
/// <param name="Margin">How far its score is above what is needed, in heights of beats; negative below.</param>
/// <param name="Needed">The score that is needed.</param>
/// <param name="Noise">How high noise reaches in this lead around it, in heights of beats.</param>
internal readonly record struct LeadCandidate(long Sample, double Margin, double Needed, double Noise)
{
    /// <summary>How much the lead speaks for a beat, or against one where it is negative: a logarithm of odds.</summary>
    public double Evidence => EvidenceOf(Margin, Noise);

    /// <summary>How much the lead speaks against a beat where it has no peak at all: nothing there is higher than the noise.</summary>
    public double EvidenceOfNone => EvidenceOf(Noise - Needed, Noise);

    // Scores of beats lie around 1, those of everything else around the noise. Of two normal distributions of one variance the logarithm of odds is a line through the middle between them, of a slope of the distance
    // over the variance; the variance grows with the noise.
    private static double EvidenceOf(double margin, double noise)
    {
        const double quiet = 0.02, ofNoise = 0.25;

        return margin * (1 - noise) / (quiet + (ofNoise * noise * noise));
    }
}
