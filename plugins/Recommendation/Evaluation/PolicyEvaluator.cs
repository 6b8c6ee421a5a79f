using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Evaluation;

/// <summary>
/// Estimates from lists that explored what lists without exploration would have earned: at each place of a logged list the other policy takes the best item that is not placed yet, by the models
/// that serve and by what the user had done when the list was made. Lists with filters, candidates, caps or diversity are left out. Thread-safe.
/// </summary>
internal sealed class PolicyEvaluator(TimeProvider time)
{
    private const int MostPlaces = 20_000;

    /// <summary>Estimates; null without any such list.</summary>
    public async ValueTask<PolicyFigures?> EstimateAsync(OpenCatalog catalog, CancellationToken cancellationToken)
    {
        var showings = await catalog.Turn.RunAsync((database, _) => database.PlainShowings(MostPlaces), cancellationToken).ConfigureAwait(false);
        if (showings.Count == 0) return null;
        var models = await catalog.Models.GetAsync(cancellationToken).ConfigureAwait(false);
        var choices = new List<LoggedChoice>(showings.Count);
        foreach (var list in showings.GroupBy(static showing => showing.List, StringComparer.Ordinal))
        {
            var places = list.ToList();
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var history = await catalog.Turn.RunAsync(
                (database, _) => models.Histories.Read(database.EventsOf(places[0].User, catalog.Options.MaxHistoryEvents, places[0].AfterEvent), now), cancellationToken).ConfigureAwait(false);
            var best = models.Recommender.Recommend(history, new RecommendationQuery { Count = Math.Min(10_000, places.Count), Reasons = 0 });
            var placed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var place in places)
            {
                var wanted = best.FirstOrDefault(item => !placed.Contains(item.Id))?.Id;
                choices.Add(new LoggedChoice(place.IsTaken ? 1 : 0, place.Propensity, wanted == place.Item ? 1 : 0));
                placed.Add(place.Item);
            }
        }

        var value = PolicyValue.Estimate(choices);
        return new PolicyFigures
        {
            Places = value.Choices,
            EffectivePlaces = value.EffectiveChoices,
            Logged = choices.Average(static choice => choice.Reward),
            InversePropensity = value.InversePropensity.Value,
            InversePropensityError = Finite(value.InversePropensity.StandardError),
            SelfNormalised = value.SelfNormalised.Value,
            SelfNormalisedError = Finite(value.SelfNormalised.StandardError),
        };
    }

    private static double? Finite(double error) => double.IsFinite(error) ? error : null;
}
