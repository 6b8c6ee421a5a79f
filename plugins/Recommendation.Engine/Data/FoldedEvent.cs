namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>An event of one user in the numbers of its catalogue, its strength known.</summary>
internal readonly record struct FoldedEvent(int Item, double Strength, long Time, string? Session)
{
    // A total order over everything that counts, so that sums are made in the same order whatever order events came in.
    public static int Compare(FoldedEvent one, FoldedEvent other)
    {
        var order = one.Item.CompareTo(other.Item);
        if (order == 0) order = one.Time.CompareTo(other.Time);
        if (order == 0) order = one.Strength.CompareTo(other.Strength);
        return order != 0 ? order : string.CompareOrdinal(one.Session, other.Session);
    }
}
