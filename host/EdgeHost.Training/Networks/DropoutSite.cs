namespace EdgeHost.Training.Networks;

/// <summary>A place of a network that leaves values out: the input that takes the mask.</summary>
internal sealed record DropoutSite(string Input, TensorShape Shape, float Rate);
