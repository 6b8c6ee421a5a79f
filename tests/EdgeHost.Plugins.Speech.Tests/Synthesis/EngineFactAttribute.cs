namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>A test of installed programs that speak; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute(params string[] programs) => Skip = SpeechPrograms.WhySkip(programs);
}
