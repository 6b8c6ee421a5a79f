namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>One choice that was shown and what came of it, beside what another policy would have done.</summary>
/// <param name="Reward">What came of it, for example 1 where the item was taken.</param>
/// <param name="Logged">The probability with which the item was shown; above 0, at most 1.</param>
/// <param name="Target">The probability with which the other policy shows this item here; 0 to 1.</param>
/// <param name="Predicted">What a model of rewards expects of the shown item; only for the doubly robust estimate.</param>
/// <param name="PredictedTarget">What the model expects of the other policy here, over all items that it may show; only for the doubly robust estimate.</param>
public readonly record struct LoggedChoice(double Reward, double Logged, double Target, double Predicted = 0, double PredictedTarget = 0);
