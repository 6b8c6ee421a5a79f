namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>A test with cases that needs a language; skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LanguageTheoryAttribute : TheoryAttribute
{
    public LanguageTheoryAttribute(string language) => Skip = Languages.WhyNot(language);
}
