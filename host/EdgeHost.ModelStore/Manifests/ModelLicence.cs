namespace EdgeHost.ModelStore.Manifests;

/// <summary>The licence of a model's files.</summary>
/// <param name="Spdx">SPDX identifier or expression; <c>LicenseRef-…</c> for one of its own.</param>
/// <param name="Permissive">Whether anyone may use the files for any purpose; if not, a pull needs an explicit yes.</param>
/// <param name="Notice">Whom the files come from and what must be said, in plain words.</param>
/// <param name="Url">Where the full text is, or null.</param>
public sealed record ModelLicence(string Spdx, bool Permissive, string Notice, Uri? Url);
