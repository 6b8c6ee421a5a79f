using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Training;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>Figures of models as messages.</summary>
internal static class BuildFigures
{
    private const string Chosen = "blend";

    /// <summary>The figures that a build chose by: what was chosen first, then each kind.</summary>
    public static IReadOnlyList<ModelFigures> Of(TrainingResult result)
    {
        if (result.Validation is not { } validation) return [];
        return
        [
            Of(Chosen, validation, null),
            .. result.Models.Where(static model => model.Validation is not null)
                .Select(static model => Of(ModelNames.Of(model.Kind), model.Validation!, model.Weights is [.., > 0 and var weight] ? weight : null)),
        ];
    }

    /// <summary>Figures of one kind.</summary>
    public static ModelFigures Of(string model, RankingMetrics metrics, double? weight) => new()
    {
        Model = model,
        Users = metrics.Users,
        Count = metrics.Count,
        Ndcg = metrics.NDcg,
        Map = metrics.Map,
        Precision = metrics.Precision,
        Recall = metrics.Recall,
        HitRate = metrics.HitRate,
        Coverage = metrics.Coverage,
        Novelty = metrics.Novelty,
        Diversity = metrics.Diversity,
        Weight = weight,
    };

    /// <summary>Whether what was built is worse than what serves, each by its own evaluation; null if not, or if nothing could be held out of one.</summary>
    /// <returns>How, for people.</returns>
    public static string? IsWorse(BuildResponse built, BuildResponse before, int percent)
    {
        if (NdcgOf(built) is not { } now || NdcgOf(before) is not { } then || now >= then * (1 - (percent / 100.0))) return null;
        return FormattableString.Invariant($"nDCG {now:0.000} on what was held out is more than {percent} % below the {then:0.000} of version {before.Version}; recommendation.build without 'gate' makes new models serve all the same.");
    }

    /// <summary>The answer of a build that does not serve.</summary>
    public static BuildResponse PutAside(BuildResponse built, long serving) => new()
    {
        Version = serving,
        Serves = false,
        Model = built.Model,
        Events = built.Events,
        LeftOut = built.LeftOut,
        SearchedItems = built.SearchedItems,
        SearchedPairs = built.SearchedPairs,
        Items = built.Items,
        Users = built.Users,
        Milliseconds = built.Milliseconds,
        Figures = built.Figures,
    };

    private static double? NdcgOf(BuildResponse built) => built.Figures is [var first, ..] ? first.Ndcg : null;
}
