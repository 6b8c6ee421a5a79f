namespace EdgeHost.Jobs.Storage;

/// <summary>One run of a job that has ended: of a combination of settings and a seed.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Round">The round of successive halving, from 0; 0 otherwise.</param>
/// <param name="Settings">What was put into the specification, as a text; empty without a search.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="Loss">The training loss, smoothed.</param>
/// <param name="ValidationLoss">The best loss on validation; null without.</param>
/// <param name="ValidationAccuracy">The share of validation examples that were right with those parameters; null without.</param>
/// <param name="Problem">Why it came to nothing, or null.</param>
public sealed record TrialRecord(
    int Number, int Round, string Settings, ulong Seed, long Steps, float Loss, float? ValidationLoss, double? ValidationAccuracy, string? Problem)
{
    /// <summary>What trials are compared by: the smaller the better.</summary>
    public float Score => Problem is null ? ValidationLoss ?? Loss : float.PositiveInfinity;
}
