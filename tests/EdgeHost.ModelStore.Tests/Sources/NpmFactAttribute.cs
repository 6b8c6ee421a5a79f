namespace EdgeHost.ModelStore.Tests.Sources;

/// <summary>A test that needs the real npm client.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        var name = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var isHere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
        if (!isHere) Skip = "The npm client is not on PATH.";
    }
}
