namespace EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;

/// <summary>How popularity is counted.</summary>
/// <param name="HalfLifeDays">After how many days before the newest events an event counts half; infinity for no fading.</param>
/// <param name="Shrinkage">How many users of mean taste are added.</param>
public sealed record PopularityOptions(double HalfLifeDays = double.PositiveInfinity, double Shrinkage = 10);
