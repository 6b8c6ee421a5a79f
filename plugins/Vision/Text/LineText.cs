namespace EdgeHost.Plugins.Vision.Text;

/// <summary>What a line says.</summary>
/// <param name="Text">Its characters; empty if none was sure.</param>
/// <param name="Confidence">Mean probability of its characters, 0 to 1.</param>
internal readonly record struct LineText(string Text, float Confidence);
