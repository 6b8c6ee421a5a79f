using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>Tests of installed programs that speak, and of the plugin's real models; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineModelsTheoryAttribute : TheoryAttribute
{
    public EngineModelsTheoryAttribute(params string[] programs) => Skip = SpeechPrograms.WhySkip(programs) ?? new RealModelsFactAttribute(SpeechModels.Plugin).Skip;
}
