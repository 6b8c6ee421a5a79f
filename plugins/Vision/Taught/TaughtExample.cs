namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>A picture that was taught: its vectors, never itself. Immutable.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Views">The vector of the picture as it is, then those of its variations; each standardised and of length 1.</param>
/// <param name="Since">The change of the classifier with which it came.</param>
internal sealed record TaughtExample(string Label, IReadOnlyList<float[]> Views, int Since = 0);
