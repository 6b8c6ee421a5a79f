namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>A part of a template's code. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text between tags, a name, a number, the content of a text, or an operator.</param>
/// <param name="Line">Where it is, from 1.</param>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, string Text, int Line);
