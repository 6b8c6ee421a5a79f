namespace EdgeHost.ModelStore.Manifests;

/// <summary>One thing that is wrong with a manifest.</summary>
/// <param name="Path">Where, as a JSON path such as <c>$.variants[0].graph</c>.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record ManifestProblem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
