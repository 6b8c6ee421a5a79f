namespace EdgeHost.PluginHost;

/// <summary>That a plugin wants one of its models to learn from the feedback that apps give on one of its methods. Immutable.</summary>
/// <param name="Method">The method.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Spec">The specification of the training job: a JSON file in the plugin's folder, named from there with / between folders.</param>
public sealed record PluginPersonalisation(string Method, string Model, string Spec);
