using EdgeHost.Capabilities.Translation;

namespace EdgeHost.Plugins.Translation;

/// <summary>What a text became.</summary>
/// <param name="Text">The translation.</param>
/// <param name="Detail">How.</param>
internal sealed record TranslatedText(string Text, TranslationDetail Detail);
