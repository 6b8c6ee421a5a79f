namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>How the weight of an event of some type is read.</summary>
public enum EventScale
{
    /// <summary>The factor times the weight.</summary>
    Plain,

    /// <summary>The weight is a rating: the factor times its place between the lowest and the highest rating of the catalogue (<see cref="EventWeights.RatingFloor"/> to 1).</summary>
    Rating,

    /// <summary>The weight is seconds: the factor times log2(1 + seconds / 30), so that half a minute counts like a view.</summary>
    Seconds,
}
