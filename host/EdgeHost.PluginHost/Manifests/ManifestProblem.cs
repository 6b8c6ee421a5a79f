namespace EdgeHost.PluginHost.Manifests;

/// <summary>One thing wrong with a manifest.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.capabilities[2]</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal readonly record struct ManifestProblem(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
