namespace EdgeHost.Host.Configuration;

/// <summary>A key that is set by text, outside of the file.</summary>
/// <param name="Source">What the user wrote the text into, for messages: the variable's name, or the option.</param>
/// <param name="Key">The key, with colons.</param>
/// <param name="Text">The value as text.</param>
internal sealed record ConfigurationText(string Source, string Key, string Text);
