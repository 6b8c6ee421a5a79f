namespace EdgeHost.TestKit;

/// <summary>Finds the checkout that the tests run from and the optional data beside it.</summary>
public static class Repository
{
    /// <summary>The folder of EdgeHost.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the build puts executables and plugins.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The configuration this test was built in, as the artifacts layout spells it.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}debug", StringComparison.Ordinal) ? "debug" : "release";

    /// <summary>The data folder beside the checkout, or the one that EDGEHOST_TESTDATA names; null when there is none.</summary>
    public static string? SharedFolder
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable("EDGEHOST_TESTDATA");
            var folder = string.IsNullOrEmpty(configured) ? Path.Combine(Root, "..", "shared") : configured;
            return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
        }
    }

    /// <summary>A file or folder below the shared data, or null when it is missing.</summary>
    public static string? FindShared(string relative)
    {
        if (SharedFolder is not { } folder) return null;
        var path = Path.Combine(folder, relative);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeHost.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("EdgeHost.sln was not found above the test's output folder.");
    }
}
