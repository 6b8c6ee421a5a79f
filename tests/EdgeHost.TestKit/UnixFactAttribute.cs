using Xunit;

namespace EdgeHost.TestKit;

/// <summary>A test of what only Unix has: modes of files, signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no file modes and signals.";
    }
}
