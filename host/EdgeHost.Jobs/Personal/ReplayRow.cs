using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Personal;

/// <summary>An example that the shipped model learned from.</summary>
/// <param name="Label">Its label's place among those of the model.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Features">Its features.</param>
internal sealed record ReplayRow(int Label, ExampleSplit Split, float[] Features);
