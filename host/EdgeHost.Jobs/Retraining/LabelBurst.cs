namespace EdgeHost.Jobs.Retraining;

/// <summary>Labels that come one after another, as a person gives them. Immutable.</summary>
/// <param name="Counts">The labels at the last look.</param>
/// <param name="Since">When there were enough of them.</param>
/// <param name="Changed">When they were last seen to be others.</param>
internal sealed record LabelBurst(IReadOnlyDictionary<string, long> Counts, DateTimeOffset Since, DateTimeOffset Changed)
{
    // A stream of labels that never rests is learned from all the same.
    private const int MostSettles = 10;

    /// <summary>The burst with what is there now.</summary>
    public static LabelBurst See(LabelBurst? before, IReadOnlyDictionary<string, long> counts, DateTimeOffset now)
    {
        if (before is null) return new LabelBurst(counts, now, now);
        return RetrainRule.CountChanges(before.Counts, counts) == 0 ? before : before with { Counts = counts, Changed = now };
    }

    /// <summary>How long it is to be waited for still; zero or less if it has ended.</summary>
    public TimeSpan Left(TimeSpan settle, DateTimeOffset now)
    {
        var (rest, end) = (Changed + settle - now, Since + (settle * MostSettles) - now);
        return rest < end ? rest : end;
    }
}
