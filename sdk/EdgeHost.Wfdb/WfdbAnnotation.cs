namespace EdgeHost.Wfdb;

/// <summary>An annotation of a record.</summary>
/// <param name="Sample">The sample it belongs to.</param>
/// <param name="Symbol">Its kind as the database writes it: "N", "V", "+" and so on; "?" for kinds that are not defined.</param>
/// <param name="Text">Its text, such as "(AFIB" at a change of rhythm, or null.</param>
public sealed record WfdbAnnotation(long Sample, string Symbol, string? Text)
{
    /// <summary>The symbols of beats.</summary>
    public const string BeatSymbols = "NLRaVFJASEj/QBenfr?";

    /// <summary>Whether a heart beat is annotated.</summary>
    public bool IsBeat => BeatSymbols.Contains(Symbol, StringComparison.Ordinal);
}
