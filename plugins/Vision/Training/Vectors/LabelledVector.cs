namespace EdgeHost.Plugins.Vision.Training.Vectors;

/// <summary>The vector of a picture, or of a variation of it.</summary>
/// <param name="Picture">What it was made of; pictures that are not to be parted, such as rooms of one house, have the same.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Copy">0 for the picture as it is; a variation's number otherwise.</param>
/// <param name="Values">The vector, as <c>vision.embed_image</c> gives it.</param>
internal sealed record LabelledVector(string Picture, string Label, int Copy, float[] Values);
