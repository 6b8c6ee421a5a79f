namespace EdgeHost.ModelStore.Tests.Sources;

/// <summary>A test whose stand-in for npm is a shell script.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "The stand-in for npm is a shell script.";
    }
}
