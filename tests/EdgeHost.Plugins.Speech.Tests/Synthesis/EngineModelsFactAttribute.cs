using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>A test of installed programs that speak, and of the plugin's real models; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineModelsFactAttribute(params string[] programs) : FactAttribute
{
    /// <summary>The models that it needs, as <see cref="RealModels"/> names them.</summary>
    public string Models { get; set; } = SpeechModels.Plugin;

    public override string? Skip => SpeechPrograms.WhySkip(programs) ?? new RealModelsFactAttribute(Models).Skip;
}
