namespace PhotoShelf;

/// <summary>Something in a photo.</summary>
/// <param name="Label">What it is.</param>
/// <param name="X">Its left edge, in pixels.</param>
/// <param name="Y">Its top edge.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
internal sealed record Thing(string Label, double X, double Y, double Width, double Height);
