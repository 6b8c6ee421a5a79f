using Xunit;

namespace EdgeHost.TestKit.Onnx;

/// <summary>A fact that needs a plugin's real models, and perhaps shared data; skipped with the reason when they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealModelsFactAttribute : FactAttribute
{
    public RealModelsFactAttribute(string plugin, string? sharedData = null) => Skip = RealModels.WhySkip(plugin, sharedData);
}
