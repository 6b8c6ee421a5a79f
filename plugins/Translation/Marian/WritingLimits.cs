namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>How a model is to write.</summary>
/// <param name="Beams">How many hypotheses are followed; 1: always the likeliest token. Null: what the model's makers say.</param>
/// <param name="MaxLength">Most tokens; null: what the model's makers say.</param>
internal sealed record WritingLimits(int? Beams, int? MaxLength);
