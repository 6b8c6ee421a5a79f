namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>A model that a host knows of.</summary>
internal sealed record StoredModel(string Id, string Source, string Target, bool IsInstalled);
