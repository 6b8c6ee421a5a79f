namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>Tests of installed programs that speak; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute(params string[] programs) => Skip = SpeechPrograms.WhySkip(programs);
}
