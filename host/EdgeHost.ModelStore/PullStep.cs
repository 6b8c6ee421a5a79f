using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>One model of a pull: the one that was asked for, or one that it requires.</summary>
/// <param name="Manifest">The model.</param>
/// <param name="Variant">What is brought of it.</param>
/// <param name="Consent">Whether a licence that is not permissive was accepted; <see cref="LicenceConsent.NotGiven"/> where none is needed.</param>
/// <param name="RequiredBy">The model that requires it, or null for the one that was asked for.</param>
internal sealed record PullStep(ModelManifest Manifest, ModelVariant Variant, LicenceConsent Consent, ModelManifest? RequiredBy);
