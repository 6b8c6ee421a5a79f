using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>What a build found out about one kind of model.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Options">What was chosen, for people.</param>
/// <param name="Trials">How many variants were tried.</param>
/// <param name="Validation">Its figures on the held-out part; null where too little was held out.</param>
/// <param name="Weights">Its weight in the blend by length of history; empty where it takes no part.</param>
public sealed record ModelReport(ScorerKind Kind, string Options, int Trials, RankingMetrics? Validation, IReadOnlyList<double> Weights);
