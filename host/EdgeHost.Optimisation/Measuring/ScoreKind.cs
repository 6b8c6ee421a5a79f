namespace EdgeHost.Optimisation.Measuring;

/// <summary>What the score of a model says.</summary>
public enum ScoreKind
{
    /// <summary>Share of examples whose class is the right one.</summary>
    Accuracy = 0,

    /// <summary>Share of rows of outputs with the same class as expected, or as the original gives where nothing is expected.</summary>
    Agreement = 1,

    /// <summary>1 less the error over the values, both as root of the sum of squares (at least 0): for outputs that are no classes.</summary>
    Closeness = 2,
}
