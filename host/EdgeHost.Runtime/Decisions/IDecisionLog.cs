namespace EdgeHost.Runtime.Decisions;

/// <summary>The last decisions of pool, scheduler and placement, for <c>edgehost explain</c>: a ring of bounded size. Thread-safe.</summary>
public interface IDecisionLog
{
    /// <summary>Adds one; the oldest goes when the ring is full.</summary>
    /// <param name="kind">What.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="app">On whose account, or null.</param>
    /// <param name="text">What and why, for a person; no paths.</param>
    void Add(DecisionKind kind, string subject, string? app, string text);

    /// <summary>The newest first.</summary>
    /// <param name="subject">Only those about this model (with or without its version), device or app; null for all.</param>
    /// <param name="kind">Only this kind; null for all.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<Decision> Find(string? subject, DecisionKind? kind, int most);
}
