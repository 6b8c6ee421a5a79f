namespace EdgeHost.Jobs.Personal;

/// <summary>That a plugin wants a model to learn from the feedback that apps give on a method. Immutable.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Method">The method; what was judged is in the dataset of this name, or in those of features that begin with it.</param>
/// <param name="Model">The shipped model.</param>
/// <param name="Spec">The specification of the job, as JSON.</param>
public sealed record Personalisation(string Plugin, string Method, string Model, string Spec);
