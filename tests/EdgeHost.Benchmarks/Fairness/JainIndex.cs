namespace EdgeHost.Benchmarks.Fairness;

/// <summary>Jain's fairness index.</summary>
internal static class JainIndex
{
    /// <summary>(Σx)² / (n Σx²): 1 where all have the same, 1/n where one has all.</summary>
    /// <param name="shares">What each got over what each should get; at least one, none negative.</param>
    public static double Of(IReadOnlyCollection<double> shares)
    {
        var sum = shares.Sum();
        var squares = shares.Sum(static share => share * share);
        return squares == 0 ? 1 : sum * sum / (shares.Count * squares);
    }
}
