using Xunit;

namespace EdgeHost.TestKit;

/// <summary>A theory that needs a file or folder of the shared data; skipped with the reason when it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string relativePath)
    {
        if (Repository.FindShared(relativePath) is null) Skip = $"The shared data '{relativePath}' is not on this machine.";
    }
}
