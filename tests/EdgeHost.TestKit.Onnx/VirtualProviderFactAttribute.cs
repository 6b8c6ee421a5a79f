using Xunit;

namespace EdgeHost.TestKit.Onnx;

/// <summary>A fact that needs the virtual provider; skipped with the reason where it cannot be built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VirtualProviderFactAttribute : FactAttribute
{
    public VirtualProviderFactAttribute() => Skip = VirtualProviderBuild.WhySkip();
}
