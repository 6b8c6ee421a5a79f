namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>A table of an encoder. Immutable.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Width">Numbers of a row.</param>
internal sealed record TableShape(string Name, int Width);
