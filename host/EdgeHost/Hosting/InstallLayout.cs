namespace EdgeHost.Host.Hosting;

/// <summary>Where the parts that ship beside the executable are: in a release next to it, in a checkout below <c>artifacts</c>.</summary>
internal static class InstallLayout
{
    /// <summary>The first-party plugins.</summary>
    public static string PluginsFolder => Find("plugins") ?? Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The sample app that <c>demo</c> runs, or null where it is not part of the build.</summary>
    public static string? PhotoTour
        => Find(Path.Combine("samples", "PhotoTour", "PhotoTour.dll"))
            ?? Find(Path.Combine("bin", "PhotoTour", new DirectoryInfo(AppContext.BaseDirectory).Name, "PhotoTour.dll"));

    /// <summary>The pictures of the demo, or null where they are not part of the build.</summary>
    public static string? PhotosFolder => Find(Path.Combine("samples", "Photos"));

    private static string? Find(string relative)
    {
        // artifacts/bin/EdgeHost/release/ -> artifacts/ -> the checkout
        var beside = Path.Combine(AppContext.BaseDirectory, relative);
        var inArtifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", relative));
        var inCheckout = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", relative));
        return new[] { beside, inArtifacts, inCheckout }.FirstOrDefault(Path.Exists);
    }
}
