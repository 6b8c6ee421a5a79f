namespace EdgeHost.Deployment.Versions;

/// <summary>One decision about a version, as it was written when it was taken. Immutable.</summary>
/// <param name="Time">When.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Scope">For whom the version is.</param>
/// <param name="Version">The version.</param>
/// <param name="From">Where it was; null for a new one.</param>
/// <param name="To">Where it went; the same where it stayed.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Figures">What the decision rests on, a JSON object; empty for none.</param>
public sealed record VersionEvent(
    DateTimeOffset Time, string Model, VersionScope Scope, string Version, VersionState? From, VersionState To, VersionActor Actor, string Reason, string Figures);
