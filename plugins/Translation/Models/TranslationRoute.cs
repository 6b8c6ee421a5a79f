namespace EdgeHost.Plugins.Translation.Models;

/// <summary>A way from one language into another. Immutable.</summary>
/// <param name="Steps">The models in order; none where nothing is to be done.</param>
/// <param name="Languages">The languages on the way, first and last included.</param>
internal sealed record TranslationRoute(IReadOnlyList<TranslationModel> Steps, IReadOnlyList<string> Languages)
{
    /// <summary>Whether all its models are on the device.</summary>
    public bool IsInstalled => Steps.All(static step => step.IsInstalled);
}
