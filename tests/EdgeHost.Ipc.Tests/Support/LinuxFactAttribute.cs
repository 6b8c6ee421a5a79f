namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A test of what only Linux has: files in memory with a sealed size, connections without a thread.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Only Linux has shared-memory regions and parks connections.";
    }
}
