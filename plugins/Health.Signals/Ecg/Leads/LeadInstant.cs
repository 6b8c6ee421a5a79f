namespace EdgeHost.Plugins.Health.Signals.Ecg.Leads;

/// <summary>An instant at which at least one lead has a beat.</summary>
internal sealed class LeadInstant
{
    /// <param name="sample">Where it is, in the time of the best lead.</param>
    /// <param name="leads">How many leads there are.</param>
    public LeadInstant(long sample, int leads)
    {
        (Sample, Found) = (sample, new int[leads]);
        Array.Fill(Found, -1);
    }

    public long Sample { get; }

    /// <summary>By lead, which of its beats it is; −1 for none.</summary>
    public int[] Found { get; }

    /// <summary>Leads that have a beat there.</summary>
    public int Leads => Found.Count(found => found >= 0);

    /// <summary>What all leads say: the logarithm of the odds for a beat.</summary>
    public double Evidence { get; set; }
}
