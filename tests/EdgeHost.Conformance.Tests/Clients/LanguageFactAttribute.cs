namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>A test that needs a language; skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LanguageFactAttribute : FactAttribute
{
    public LanguageFactAttribute(string language) => Skip = Languages.WhyNot(language);
}
