namespace EdgeHost.Plugins.Vision.Taught.Heads;

/// <summary>What a training made, beside what serves: each the share of pictures, 0 to 1, that it judged rightly without having learnt from them. Immutable.</summary>
/// <param name="Head">The head; null: it is worse than what serves, or than the nearest mean.</param>
/// <param name="Accuracy">Of the new head.</param>
/// <param name="ServingAccuracy">Of the head that serves; null: none does.</param>
/// <param name="MeansAccuracy">Of the nearest mean.</param>
internal sealed record HeadTrial(LinearHead? Head, double Accuracy, double? ServingAccuracy, double MeansAccuracy);
