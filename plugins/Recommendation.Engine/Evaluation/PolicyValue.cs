namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>
/// What another policy than the logged one would have earned, from logged choices and their propensities (Dudík, Langford, Li: Doubly robust policy evaluation and learning, ICML 2011; Swaminathan,
/// Joachims: The self-normalized estimator, NIPS 2015).
/// </summary>
public sealed record PolicyValue
{
    /// <summary>How many choices there were.</summary>
    public required int Choices { get; init; }

    /// <summary>How many choices of the other policy the log is worth, (Σw)² / Σw²: with few, believe none of the estimates.</summary>
    public required double EffectiveChoices { get; init; }

    /// <summary>Mean of w r with w = target / logged: without bias where no weight was clipped, and uncertain where weights are large.</summary>
    public required PolicyEstimate InversePropensity { get; init; }

    /// <summary>Σ w r / Σ w: a little biased, far less uncertain.</summary>
    public required PolicyEstimate SelfNormalised { get; init; }

    /// <summary>The model's expectation, corrected by the weighted errors of the model: without bias where either the propensities or the model are right.</summary>
    public required PolicyEstimate DoublyRobust { get; init; }

    /// <summary>Estimates.</summary>
    /// <param name="choices">The log.</param>
    /// <param name="mostWeight">What weights are clipped to: less uncertain, with a bias towards the logged policy.</param>
    /// <exception cref="EdgeHostException">A propensity is out of range (<see cref="ErrorCode.InvalidArgument"/>).</exception>
    public static PolicyValue Estimate(IReadOnlyCollection<LoggedChoice> choices, double mostWeight = double.PositiveInfinity)
    {
        var (weights, squares, normalised) = (0.0, 0.0, 0.0);
        var inverse = new List<double>(choices.Count);
        var robust = new List<double>(choices.Count);
        foreach (var choice in choices)
        {
            var weight = WeightOf(choice, mostWeight);
            weights += weight;
            squares += weight * weight;
            normalised += weight * choice.Reward;
            inverse.Add(weight * choice.Reward);
            robust.Add(choice.PredictedTarget + (weight * (choice.Reward - choice.Predicted)));
        }

        var value = weights > 0 ? normalised / weights : 0;
        var deviations = choices.Sum(choice => Math.Pow(WeightOf(choice, mostWeight) * (choice.Reward - value), 2));
        return new PolicyValue
        {
            Choices = choices.Count,
            EffectiveChoices = squares > 0 ? weights * weights / squares : 0,
            InversePropensity = MeanOf(inverse),
            SelfNormalised = new PolicyEstimate(value, choices.Count > 1 && weights > 0 ? Math.Sqrt(deviations) / weights : double.PositiveInfinity),
            DoublyRobust = MeanOf(robust),
        };
    }

    private static double WeightOf(LoggedChoice choice, double mostWeight)
    {
        if (!(choice.Logged is > 0 and <= 1)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A logged propensity is {choice.Logged}; it must be above 0 and at most 1.");
        if (!(choice.Target is >= 0 and <= 1)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A propensity of the other policy is {choice.Target}; it must be from 0 to 1.");
        return Math.Min(mostWeight, choice.Target / choice.Logged);
    }

    private static PolicyEstimate MeanOf(List<double> values)
    {
        if (values.Count == 0) return new PolicyEstimate(0, double.PositiveInfinity);
        var mean = values.Average();
        return new PolicyEstimate(mean, values.Count < 2 ? double.PositiveInfinity : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count));
    }
}
