using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <content>What a pull brings, and whether it may.</content>
public sealed partial class LocalModelStore
{
    /// <summary>More models than any one needs beside it; a catalogue of strangers must not make a pull endless.</summary>
    private const int MaxModelsOfPull = 64;

    // What a model requires comes before it. Everything that can be refused is refused here, before the first byte.
    private List<PullStep> Plan(string model, PullOptions options, bool withRequired)
    {
        var steps = new List<PullStep>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Add(ModelReference.Parse(model), requiredBy: null);
        var refused = steps.Where(step => !step.Manifest.Licence.Permissive && step.Consent != LicenceConsent.Accepted).Reverse().ToList();
        return refused.Count == 0 ? steps : throw NotAccepted(refused);

        void Add(ModelReference reference, ModelManifest? requiredBy)
        {
            // What was installed stays pullable when the plugin that described it is gone: its record has the sources.
            var manifest = _catalog.Find(reference.Id, reference.Version) ?? FindInstalled(reference)?.Manifest
                ?? throw (requiredBy is null ? Unknown(reference) : UnknownRequirement(reference, requiredBy));

            // Models that require each other in a circle come once each.
            if (!seen.Add(manifest.Name)) return;
            if (seen.Count > MaxModelsOfPull)
            {
                throw new EdgeHostException(
                    ErrorCode.FailedPrecondition, $"{model} requires more than {MaxModelsOfPull} models, one through the other; correct the 'requires' of their manifests.");
            }

            var variant = requiredBy is null ? VariantOf(manifest, options) : UsualVariantOf(manifest);
            if (withRequired)
            {
                foreach (var required in manifest.Requires) Add(ModelReference.Parse(required), manifest);
            }

            steps.Add(new PullStep(manifest, variant, ConsentTo(manifest, options), requiredBy));
        }
    }

    private static ModelVariant VariantOf(ModelManifest manifest, PullOptions options)
    {
        if (options.Variant is not { } name) return manifest.Variants[0];
        return manifest.FindVariant(name) ?? throw new EdgeHostException(
            ErrorCode.NotFound,
            $"{manifest.Name} has no variant '{StrictObject.Shorten(name)}'; it has {string.Join(", ", manifest.Variants.Select(known => known.Name))}.");
    }

    // A required model that is here already in some variant is no reason to bring another one.
    private ModelVariant UsualVariantOf(ModelManifest manifest)
        => FindInstalled(new ModelReference(manifest.Id, manifest.Version)) is { } installed && manifest.Variants.FirstOrDefault(variant => installed.Variants.Contains(variant.Name, StringComparer.Ordinal)) is { } known
            ? known
            : manifest.Variants[0];

    private LicenceConsent ConsentTo(ModelManifest manifest, PullOptions options)
    {
        if (manifest.Licence.Permissive) return LicenceConsent.NotGiven;
        var accepted = options.Licence == LicenceConsent.Accepted
            || (FindInstalled(new ModelReference(manifest.Id, manifest.Version)) is { Licence: LicenceConsent.Accepted } previous && previous.Manifest.Licence == manifest.Licence)
            || _options.AcceptedLicences.Contains(manifest.Licence.Spdx, StringComparer.Ordinal);
        return accepted ? LicenceConsent.Accepted : LicenceConsent.NotGiven;
    }

    // One flag accepts them all, so all are shown before it is given.
    private static EdgeHostException NotAccepted(List<PullStep> refused)
    {
        var licences = refused.Select(step =>
        {
            var licence = step.Manifest.Licence;
            var why = step.RequiredBy is { } owner ? $", which {owner.Name} requires," : "";
            var where = licence.Url is { } url ? $" Full text: {url}" : "";
            return $"{step.Manifest.Name}{why} is under {licence.Spdx}, which is not a permissive licence: {licence.Notice}{where}";
        });
        return new EdgeHostException(
            ErrorCode.FailedPrecondition, $"{string.Join(" ", licences)} If you accept {(refused.Count == 1 ? "it" : "them all")}, pull with --accept-license.")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["licence"] = string.Join("; ", refused.Select(step => step.Manifest.Licence.Spdx).Distinct(StringComparer.Ordinal)),
                ["notice"] = string.Join("; ", refused.Select(step => step.Manifest.Licence.Notice).Distinct(StringComparer.Ordinal)),
                ["flag"] = "--accept-license",
            },
        };
    }

    private static EdgeHostException UnknownRequirement(ModelReference reference, ModelManifest requiredBy) => new(
        ErrorCode.NotFound,
        $"{requiredBy.Name} requires the model '{reference}', which no catalogue of this device describes. Install what brings its manifest, or put it into the catalogue folder.");

    private static string NameOf(List<PullStep> steps)
        => steps.Count == 1 ? steps[0].Manifest.Name : $"{steps[^1].Manifest.Name} with {string.Join(", ", steps.Take(steps.Count - 1).Select(step => step.Manifest.Name))}";
}
