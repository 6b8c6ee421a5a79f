using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;

namespace EdgeHost.Jobs.Running;

/// <summary>A version whose parameters a job begins with. Immutable.</summary>
/// <param name="Version">The version.</param>
/// <param name="GraphPath">Its graph.</param>
/// <param name="Labels">Its labels in the order of its outputs.</param>
internal sealed record StartingPoint(string Version, string GraphPath, IReadOnlyList<string> Labels)
{
    /// <summary>A model that was trained here; null for none.</summary>
    public static StartingPoint? Of(TrainedModelFiles? model) => model is null ? null : new StartingPoint(model.Version, model.GraphPath, model.Card.Labels);

    /// <summary>The version that serves an app in place of a shipped one, or that itself.</summary>
    public static StartingPoint Of(PersonalBase model) => new(model.Model.Version, model.Model.GraphPath, model.Labels);

    /// <summary>The shipped version behind it.</summary>
    public static StartingPoint OfShipped(PersonalBase model) => new(model.Model.Base, model.Model.BaseGraphPath, model.Labels);
}
