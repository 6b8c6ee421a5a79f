namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>
/// How events of a user fade beside their own newest one: by age, and by how many items came after. Anchored at each user's own last event, because users of one catalogue may be
/// years apart. Infinity means that nothing fades.
/// </summary>
/// <param name="HalfLifeDays">After how many days an event counts half; above 0.</param>
/// <param name="HalfLifeEvents">After how many later items an event counts half; above 0.</param>
public readonly record struct HistoryDecay(double HalfLifeDays, double HalfLifeEvents)
{
    private const double MillisecondsOfDay = 86_400_000;

    /// <summary>Nothing fades.</summary>
    public static HistoryDecay None { get; } = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>The factor of an event.</summary>
    /// <param name="age">Milliseconds before the user's newest event; at least 0.</param>
    /// <param name="later">How many items of the user are newer; at least 0.</param>
    public double Factor(double age, int later) => double.Exp2(-(age / MillisecondsOfDay / HalfLifeDays) - (later / HalfLifeEvents));
}
