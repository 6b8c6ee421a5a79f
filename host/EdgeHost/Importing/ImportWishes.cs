namespace EdgeHost.Host.Importing;

/// <summary>What a person says of a model that is imported. Immutable.</summary>
/// <param name="Task">What it is for; null: as its files say.</param>
/// <param name="Version">Its version.</param>
/// <param name="Summary">A line for people; null for one that names its file.</param>
/// <param name="Licence">An SPDX identifier.</param>
/// <param name="Labels">The file with the names of its classes, or null.</param>
/// <param name="Properties">What plugins are told of it, over what its files say.</param>
internal sealed record ImportWishes(string? Task, string Version, string? Summary, string Licence, string? Labels, IReadOnlyDictionary<string, string> Properties);
